// What somebody looks for -> a pattern of SQL's LIKE in which nothing of it means more than itself.

export const likeOf = (part: string): string => `%${part.replace(/[\\%_]/gu, "\\$&")}%`;
