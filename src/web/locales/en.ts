// The words in English that pages say, and Element Plus' own; loaded when the language is chosen.
import element from "element-plus/es/locale/lang/en";
import compare from "../../../rules/locales/en/compare.json";
import findings from "../../../rules/locales/en/findings.json";
import forms from "../../../rules/locales/en/forms.json";
import interfaceWords from "../../../rules/locales/en/interface.json";
import methods from "../../../rules/locales/en/methods.json";
import names from "../../../rules/locales/en/names.json";
import page from "../../../rules/locales/en/page.json";
import pages from "../../../rules/locales/en/pages.json";

export const words = { compare, findings, forms, interface: interfaceWords, methods, names, page, pages };
export { element };
