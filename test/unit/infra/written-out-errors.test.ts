import { LambdaServiceException, ResourceConflictException } from '@aws-sdk/client-lambda';
import { serviceError } from '../../../infra/constructs/left-out/service-error.ts';
import { withoutWrittenOutErrors } from '../../../infra/constructs/left-out/written-out-errors.ts';

const MODULE = '// node_modules/@aws-sdk/client-lambda/dist-es/models/errors.js\n';

/** As the generator writes it and esbuild bundles it, the second of its name in the bundle. */
const written = (
  members: readonly string[],
  more = '',
): string => `var ResourceConflictException2 = class _ResourceConflictException extends LambdaServiceException {
  static shapeId = "com.amazonaws.lambda#ResourceConflictException";
  name = "ResourceConflictException";
  $fault = "client";
${members.map((member) => `  ${member};\n`).join('')}${more}  constructor(opts) {
    super({
      name: "ResourceConflictException",
      $fault: "client",
      ...opts
    });
    Object.setPrototypeOf(this, _ResourceConflictException.prototype);
${members.map((member) => `    this.${member} = opts.${member};\n`).join('')}  }
};
`;

describe('withoutWrittenOutErrors', () => {
  it('makes a class that is written out, with what it carries', () => {
    expect(withoutWrittenOutErrors(MODULE + written([]))).toContain(
      `${MODULE}var ResourceConflictException2 = /* @__PURE__ */ serviceError(LambdaServiceException, "com.amazonaws.lambda#ResourceConflictException", "client");\n`,
    );
    expect(withoutWrittenOutErrors(MODULE + written(['Type', 'Item']))).toContain('"client", ["Type","Item"]);\n');
  });

  it('leaves a class that says more, and everything outside of clients', () => {
    expect(withoutWrittenOutErrors(MODULE + written([], '  $retryable = {};\n'))).toContain(
      written([], '  $retryable = {};\n'),
    );
    const other = `// shared/errors.ts\n${written([])}`;
    expect(withoutWrittenOutErrors(other)).toBe(other);
  });
});

it("makes a class that is like the SDK's", () => {
  const Made = serviceError(
    LambdaServiceException as never,
    'com.amazonaws.lambda#ResourceConflictException',
    'client',
    ['Type'],
  );
  const options = { message: 'busy', $metadata: { httpStatusCode: 409 }, Type: 'User' };
  const made = new Made(options);
  const own = new ResourceConflictException(options);
  expect(Object.entries(made).sort()).toEqual(Object.entries(own).sort());
  expect([made.name, made.message, made.constructor]).toEqual([own.name, own.message, Made]);
  expect(made).toBeInstanceOf(LambdaServiceException);
  expect(made).toBeInstanceOf(ResourceConflictException);
  expect(Made.shapeId).toBe((ResourceConflictException as unknown as typeof Made).shapeId);
});
