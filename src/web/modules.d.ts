// What Vite loads that TypeScript does not know by itself.
declare module "*.vue" {
  import type { DefineComponent } from "vue";
  const page: DefineComponent<object, object, unknown>;
  export default page;
}
declare module "virtual:report-look.css";
