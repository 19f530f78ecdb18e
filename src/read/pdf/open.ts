// Bytes of a PDF → what each of its pages paints. The only file that knows pdfjs-dist.
import { dirname } from "node:path";
import { createRequire } from "node:module";
import { contentOf, type Codes, type Content, type Font } from "./content.ts";
import { multiply, type Matrix } from "./matrix.ts";

export interface OpenPdf {
  pages: number;
  /** A page's content and height; pages count from 1. */
  page: (number: number) => Promise<{ content: Content; height: number }>;
  close: () => Promise<void>;
}

export type Refusal = "file-encrypted" | "file-damaged";

/** Opens a PDF. Nothing in it is run and nothing fetched; fonts and character maps come with the package. */
export async function openPdf(bytes: Uint8Array): Promise<OpenPdf | Refusal> {
  const pdfjs = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const home = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const task = pdfjs.getDocument({
    data: bytes.slice(),
    cMapUrl: `${home}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${home}/standard_fonts/`,
    wasmUrl: `${home}/wasm/`,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    stopAtErrors: false,
    maxImageSize: 1 << 24,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    return {
      pages: document.numPages,
      page: async (number) => {
        const page = await document.getPage(number);
        const operators = await page.getOperatorList();
        const viewport = page.getViewport({ scale: 1 });
        const fontOf = (name: string): Font => knownFont(page.commonObjs.has(name) ? page.commonObjs.get(name) : null);
        const content = uprightContent(operators, pdfjs.OPS, viewport.transform as unknown as Matrix, viewport.width, viewport.height, fontOf);
        page.cleanup();
        return content;
      },
      close: () => task.destroy(),
    };
  } catch (error) {
    await task.destroy();
    return error instanceof Error && error.name === "PasswordException" ? "file-encrypted" : "file-damaged";
  }
}

/** A page whose text runs up or down (a table printed broadside) is turned so that it runs to the right. */
function uprightContent(operators: { fnArray: number[]; argsArray: unknown[] }, codes: Codes, base: Matrix, width: number, height: number, fontOf: (name: string) => Font): { content: Content; height: number } {
  const content = contentOf(operators, codes, base, fontOf);
  const { level, up, down } = content.turned;
  if (up > level && up > down) return { content: contentOf(operators, codes, multiply([0, 1, -1, 0, height, 0], base), fontOf), height: width };
  if (down > level) return { content: contentOf(operators, codes, multiply([0, -1, 1, 0, 0, width], base), fontOf), height: width };
  return { content, height };
}

function knownFont(font: unknown): Font {
  const fallback = { fontMatrix: [0.001, 0, 0, 0.001, 0, 0], vertical: false };
  if (typeof font !== "object" || font === null) return fallback;
  const fontMatrix = "fontMatrix" in font && Array.isArray(font.fontMatrix) ? font.fontMatrix.map(Number) : fallback.fontMatrix;
  return { fontMatrix, vertical: "vertical" in font && font.vertical === true };
}
