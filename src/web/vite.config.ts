// src/web -> dist/web: one chunk a page, the look shared with the static report, nothing from outside.
import vue from "@vitejs/plugin-vue";
import { fileURLToPath } from "node:url";
import { ElementPlusResolver } from "unplugin-vue-components/resolvers";
import components from "unplugin-vue-components/vite";
import { defineConfig, type Plugin } from "vite";
import { STYLE } from "../write/html/style.ts";

const ROOT = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  root: ROOT,
  publicDir: "public",
  plugins: [reportLook(), vue(), components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: "css" })] })],
  build: {
    outDir: fileURLToPath(new URL("../../dist/web/", import.meta.url)),
    emptyOutDir: true,
    // Domestic browsers lag: Chromium 87 is the oldest that pages must run in.
    target: "chrome87",
    cssTarget: "chrome87",
    modulePreload: { polyfill: false },
    // A picture or font inside the style sheet would be refused by the service's content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});

/** `virtual:report-look.css`: the sheet of the static report, so that pages and report have one look. */
function reportLook(): Plugin {
  const file = `${ROOT}report-look.css`;
  return { name: "report-look", resolveId: (asked) => (asked === "virtual:report-look.css" ? file : null), load: (asked) => (asked === file ? STYLE : null) };
}
