// The words in Chinese that pages say, and Element Plus' own; loaded when the language is chosen.
import element from "element-plus/es/locale/lang/zh-cn";
import compare from "../../../rules/locales/zh/compare.json";
import findings from "../../../rules/locales/zh/findings.json";
import forms from "../../../rules/locales/zh/forms.json";
import interfaceWords from "../../../rules/locales/zh/interface.json";
import methods from "../../../rules/locales/zh/methods.json";
import names from "../../../rules/locales/zh/names.json";
import page from "../../../rules/locales/zh/page.json";
import pages from "../../../rules/locales/zh/pages.json";

export const words = { compare, findings, forms, interface: interfaceWords, methods, names, page, pages };
export { element };
