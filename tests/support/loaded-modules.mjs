// Preloaded by a test (`node --import`): writes the address of every module that is loaded to the
// file that SYMBOLON_LOADED names.
import { appendFileSync } from "node:fs";
import { register } from "node:module";

const hooks = `
  import { appendFileSync } from "node:fs";
  export async function load(url, context, next) {
    appendFileSync(process.env.SYMBOLON_LOADED, url + "\\n");
    return next(url, context);
  }`;

appendFileSync(process.env.SYMBOLON_LOADED, "");
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
