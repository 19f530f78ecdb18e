// A submission's rows and what they are due -> every subject that a rule may look at.
import type { Subject } from "../model.ts";
import { agreementSubjects } from "./agreements.ts";
import { basicSubjects } from "./basic.ts";
import { cellSubjects, measureSubjects, residueSubjects } from "./cells.ts";
import { isAsked, type SubjectContext } from "./context.ts";
import { fundSubjects } from "./funds.ts";
import { indicatorSubjects } from "./indicators.ts";
import { portfolioSubjects } from "./portfolio.ts";
import { relationSubjects } from "./relations.ts";
import { statementSubjects } from "./statements.ts";
import { wholeSubjects } from "./tables.ts";

/** All subjects that rules look at, in no particular order: findings are put in form order at the end. (`explanation` and `explanationText` follow once rules are settled.) */
export function subjectsOf(context: SubjectContext): Subject[] {
  const measures = isAsked(context, "measure") ? measureSubjects(context) : [];
  const residues = isAsked(context, "residue") ? residueSubjects(context) : [];
  return [
    ...wholeSubjects(context), ...cellSubjects(context), ...measures, ...residues, ...fundSubjects(context), ...indicatorSubjects(context),
    ...basicSubjects(context), ...statementSubjects(context), ...agreementSubjects(context), ...relationSubjects(context), ...portfolioSubjects(context),
  ];
}
