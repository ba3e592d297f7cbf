declare module 'asl-validator' {
  /** Checks a definition against the language's schema and its JSONata; the answer lists every error. */
  export default function validate(definition: unknown): {
    isValid: boolean;
    errors: { 'Error code': string; Message: string }[];
  };
}
