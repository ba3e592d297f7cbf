import { withoutOtherPlatforms } from '../../../infra/constructs/left-out/other-platforms.ts';
import { withoutSpecialBuckets } from '../../../infra/constructs/left-out/special-buckets.ts';

const HASH = `var hasNativeCrypto2 = (() => {
  try {
    createHash2("sha256");
    return true;
  } catch {
    return false;
  }
})();
`;
const STREAM = 'var Ref = typeof ReadableStream === "function" ? ReadableStream : function() {\n};\n';

describe('withoutOtherPlatforms', () => {
  it("tells the SDK that it is on Node, and nobody else's code", () => {
    const others = `// node_modules/openid-client/build/index.js\n${HASH}${STREAM}`;
    expect(withoutOtherPlatforms(`// node_modules/@smithy/core/dist-es/x.js\n${HASH}${STREAM}${others}`)).toBe(
      `// node_modules/@smithy/core/dist-es/x.js\nvar hasNativeCrypto2 = true;\nvar Ref = false ? ReadableStream : function() {\n};\n${others}`,
    );
  });
});

describe('withoutSpecialBuckets', () => {
  const rules = '// node_modules/@aws-sdk/client-s3/dist-es/endpoint/bdd.js\nvar bdd3 = from([1, 2]);\n';
  const resolver = `// node_modules/@aws-sdk/client-s3/dist-es/endpoint/endpointResolver.js
var resolve3 = (endpointParams, context = {}) => {
  return cache.get(endpointParams, () => decideEndpoint(bdd3, {
    endpointParams,
    logger: context.logger
  }));
};
customEndpointFunctions.aws = awsFunctions2;
`;

  it("puts a plain bucket's endpoint in the place of S3's rules", () => {
    expect(withoutSpecialBuckets(rules + resolver)).not.toContain('bdd3');
    expect(withoutSpecialBuckets(rules + resolver)).toContain(
      'cache.get(endpointParams, () => plainBucketEndpoint(endpointParams, awsFunctions2.partition));',
    );
  });

  it('leaves a bundle without S3, and a resolver that it does not know, as they are', () => {
    const other = rules + resolver.replace('decideEndpoint', 'decideOtherwise');
    expect(withoutSpecialBuckets(other)).toBe(other);
    expect(withoutSpecialBuckets('// shared/env.ts\nvar env = 1;\n')).toBe('// shared/env.ts\nvar env = 1;\n');
  });
});
