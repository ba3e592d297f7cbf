/** dynalite's parts, which it does not export as a package: its server is HTTP around them, on a LevelDB of JSON text. */
declare module 'dynalite/validations/index.js' {
  interface Dynalite {
    /** Throws an error with `statusCode` and `body`. */
    checkTypes(input: object, types: object): object;
    checkValidations(input: object, types: object, custom: unknown, store: object): void;
  }
  const validations: Dynalite;
  export default validations;
}

declare module 'dynalite/validations/*' {
  const validation: { readonly types: object; readonly custom: unknown };
  export default validation;
}

declare module 'dynalite/actions/*' {
  export default function act(
    store: object,
    input: object,
    callback: (error: object | null | undefined, output?: object) => void,
  ): void;
}

declare module 'dynalite/db/*' {
  const parser: {
    /** What it made of an expression, or what is wrong with it. Throws where it is no expression at all. */
    parse(expression: string, options: { context: import('./remembered-expressions.ts').ParseContext }): unknown;
  };
  export default parser;
}
