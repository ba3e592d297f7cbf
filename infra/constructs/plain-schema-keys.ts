import { modulesOf } from './bundle-modules.ts';

const SCHEMA_MODULE = /^\/\/ node_modules\/@aws-sdk\/[^\n]*\/schemas\/schemas_\d+\.js\n/;
const STRING_CONSTANT = /^(?:const|var|let) (\w+) = "([A-Za-z0-9_-]*)";$/gm;

/**
 * The bundle with plain keys in the SDK's schemas. The SDK writes `{ [_hH]: 404 }` with `const _hH = "httpHeader"`; a
 * computed key might run code, so that esbuild keeps the schemas of every operation of a service for the three that a
 * task calls. Only modules that hold nothing but schemas are touched, where no name can mean anything else.
 */
export function withPlainSchemaKeys(bundle: string): string {
  return modulesOf(bundle)
    .map((module) => (SCHEMA_MODULE.test(module) ? plainKeys(module) : module))
    .join('');
}

function plainKeys(module: string): string {
  const values = new Map([...module.matchAll(STRING_CONSTANT)].map(([, name = '', value = '']) => [name, value]));
  return module.replace(/\[(\w+)\]: /g, (whole, name: string) => {
    const value = values.get(name);
    return value === undefined ? whole : `"${value}": `;
  });
}
