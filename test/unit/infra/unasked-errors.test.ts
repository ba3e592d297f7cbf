import { withoutUnaskedErrors } from '../../../infra/constructs/left-out/unasked-errors.ts';

interface ErrorShape {
  name: string;
  queryCode?: string;
  retryable?: boolean;
}

/** A client's errors as they stand in an unminified bundle with plain schema keys. */
function clientWith(errors: readonly ErrorShape[]): string {
  const classes = errors.map(
    ({ name, retryable = false }) =>
      `var ${name} = class _${name} extends XServiceException {\n  static shapeId = "com.amazonaws.x#${name}";\n${retryable ? '  $retryable = {};\n' : ''}  constructor(opts) {\n    super(opts);\n  }\n};\n`,
  );
  const schemas = errors.map(
    ({ name, queryCode }) =>
      `var ${name}$ = [\n  -3,\n  n0,\n  "${name}",\n  { ${queryCode === undefined ? '' : `"awsQueryError": [\`${queryCode}\`, 400], `}"error": "client" },\n  [],\n  []\n];\nn0_registry2.registerError(${name}$, ${name});\n`,
  );
  return (
    `// node_modules/@aws-sdk/client-x/dist-es/models/errors.js\n${classes.join('')}` +
    '// node_modules/@aws-sdk/client-x/dist-es/schemas/schemas_0.js\n' +
    '_s_registry2.registerError(XServiceException$, XServiceException);\n' +
    schemas.join('')
  );
}

const registered = (bundle: string): string[] =>
  [...bundle.matchAll(/registerError\(\S+, (\w+)\)/g)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'XServiceException');

describe('withoutUnaskedErrors', () => {
  it('drops errors that nobody asks for, and nothing else', () => {
    const bundle = clientWith([{ name: 'Unasked' }]);
    expect(withoutUnaskedErrors(bundle)).toBe(bundle.replace('n0_registry2.registerError(Unasked$, Unasked);\n', ''));
  });

  it('keeps what another module knows, by its class or its name', () => {
    const task = '// shared/clients/x.ts\nif (error instanceof Asked || error.name === "Named") retry();\n';
    const bundle = clientWith([{ name: 'Asked' }, { name: 'Named' }, { name: 'Unasked' }]) + task;
    expect(registered(withoutUnaskedErrors(bundle))).toEqual(['Asked', 'Named']);
  });

  it('keeps what may be tried again', () => {
    expect(registered(withoutUnaskedErrors(clientWith([{ name: 'Busy', retryable: true }])))).toEqual(['Busy']);
  });

  it('keeps what comes under another name, and whose name another one comes under', () => {
    const errors = [
      { name: 'NotFoundException', queryCode: 'NotFound' },
      { name: 'NotFound', queryCode: 'NotFound' },
      { name: 'Throttled', queryCode: 'Throttled' },
    ];
    expect(registered(withoutUnaskedErrors(clientWith(errors)))).toEqual(['NotFoundException', 'NotFound']);
  });

  it('keeps what it does not understand', () => {
    const bundle = clientWith([{ name: 'Renamed' }]).replace('static shapeId', 'static id');
    expect(registered(withoutUnaskedErrors(bundle))).toEqual(['Renamed']);
  });
});
