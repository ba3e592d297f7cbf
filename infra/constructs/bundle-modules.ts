/** A module's part of an unminified bundle begins with the module's path as a comment. */
const MODULE_BEGINS = /^(?=\/\/ \S+\.(?:m?js|ts)\n)/m;

/** An unminified bundle of esbuild, module by module; joined, they are the bundle again. */
export const modulesOf = (bundle: string): string[] => bundle.split(MODULE_BEGINS);
