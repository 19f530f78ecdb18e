// What a browser may do with what the service sends: nothing that is not needed.

/** Of the pages: only files of our own, no script in the page itself. Charts and lists place things by style attributes. */
export const CSP = {
  defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], styleSrcAttr: ["'unsafe-inline'"], imgSrc: ["'self'", "data:", "blob:"], fontSrc: ["'self'", "data:"],
  connectSrc: ["'self'"], workerSrc: ["'self'"], manifestSrc: ["'self'"], formAction: ["'self'"], baseUri: ["'none'"], frameAncestors: ["'none'"], frameSrc: ["'self'", "blob:"], objectSrc: ["'none'"],
};

/** Of a report as a page of its own, whose styles and script stand in it: cut off from the service it came from. */
export const DOCUMENT_CSP = "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";
