// The house style that a machine can check: typed rules over all TypeScript.
import js from "@eslint/js";
import ts from "typescript-eslint";

export default ts.config(
  { ignores: ["dist/", "bench/out/", "node_modules/", "coverage/"] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.ts"] })),
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/prefer-nullish-coalescing": "off",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Name what you export." },
        { selector: "TSEnumDeclaration", message: "Use a union of literals." },
        { selector: "ObjectExpression > Property[kind='get']", message: "Each object of such a literal gets a hidden class of its own, which holds on to all that the getter sees: use a function." },
      ],
      "max-depth": ["error", 4],
    },
  },
  {
    files: ["**/*.config.ts", "src/web/modules.d.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: ["fixtures/**/*.mjs"],
    languageOptions: { globals: Object.fromEntries(["process", "console", "setTimeout", "fetch", "FormData", "Blob", "Buffer"].map((name) => [name, "readonly"])) },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "@typescript-eslint/no-unsafe-assignment": "off", "@typescript-eslint/no-unsafe-member-access": "off", "@typescript-eslint/no-unsafe-argument": "off", "@typescript-eslint/no-unsafe-return": "off", "@typescript-eslint/no-unsafe-call": "off" },
  },
);
