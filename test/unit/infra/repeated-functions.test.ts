import { withoutRepeatedFunctions } from '../../../infra/constructs/left-out/repeated-functions.ts';

const resolve = (number: string, inner = number, region = 'region') => `var resolve${number} = (config2) => {
  return inner${inner}(config2.${region});
};
`;
const inner = (number: string) => `var inner${number} = async (region) => {
  return { region };
};
`;
const CLIENT = '// node_modules/@aws-sdk/client-sns/dist-es/runtimeExtensions.js\n';
const OTHER = '// node_modules/@aws-sdk/client-sqs/dist-es/runtimeExtensions.js\n';

describe('withoutRepeatedFunctions', () => {
  it('has each function of the SDK once, also those that differ by which copy they call', () => {
    const bundle = CLIENT + inner('') + resolve('') + OTHER + inner('2') + resolve('2');
    expect(withoutRepeatedFunctions(bundle)).toBe(
      `${CLIENT}${inner('')}${resolve('')}${OTHER}var inner2 = inner;\nvar resolve2 = resolve;\n`,
    );
  });

  it('keeps two that differ in what they read or call', () => {
    const reads = CLIENT + resolve('') + OTHER + resolve('2', '', 'endpoint');
    const calls = CLIENT + resolve('') + OTHER + resolve('2', '3');
    expect(withoutRepeatedFunctions(reads)).toBe(reads);
    expect(withoutRepeatedFunctions(calls)).toBe(calls);
  });

  it('keeps what is made and not written, each of which may hold something, and code that is not the SDK', () => {
    const caches = `${CLIENT}var cache = new EndpointCache({\n});\n${OTHER}var cache2 = new EndpointCache({\n});\n`;
    const ours = `// shared/a.ts\n${inner('')}// shared/b.ts\n${inner('2')}`;
    expect(withoutRepeatedFunctions(caches)).toBe(caches);
    expect(withoutRepeatedFunctions(ours)).toBe(ours);
  });
});
