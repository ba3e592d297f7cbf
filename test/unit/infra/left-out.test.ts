import { withoutOtherPlatforms } from '../../../infra/constructs/left-out/other-platforms.ts';
import { withoutSpecialBuckets } from '../../../infra/constructs/left-out/special-buckets.ts';
import { withoutUnreadContracts } from '../../../infra/constructs/left-out/unread-contracts.ts';

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

describe('withoutUnreadContracts', () => {
  const CONTRACTS = `// shared/contracts/run.ts
var sources = { a: 1 };
var runSchema = object({
  runId: string2().check((value) => {
    return value;
  }),
  ...sources
});
var idSchema = string2().check(_minLength(1));

/** Said of it. */
var MAX = 3;
function parseRun(value) {
  return parseContract("run", runSchema, value);
}
`;

  it('lets every schema be dropped as a whole, and touches nothing else', () => {
    const bundle = withoutUnreadContracts(CONTRACTS);
    expect(bundle).toContain('var runSchema = /* @__PURE__ */ (() => object({\n');
    expect(bundle).toContain(
      '  ...sources\n}))();\nvar idSchema = /* @__PURE__ */ (() => string2().check(_minLength(1)))();\n',
    );
    expect(bundle.replace(/\/\* @__PURE__ \*\/ \(\(\) => ([\s\S]*?)\)\(\);\n(?=var|\n)/g, '$1;\n')).toBe(CONTRACTS);
  });

  it('leaves calls of other modules alone, which may do something', () => {
    const task = '// tasks/night/start-run/handler.ts\nvar ledger = createLedger("table");\n';
    expect(withoutUnreadContracts(task)).toBe(task);
  });
});
