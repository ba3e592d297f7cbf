import { Sha256Node } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { withoutDirectoryBuckets } from '../../../infra/constructs/left-out/directory-buckets.ts';
import { withoutOtherPlatforms } from '../../../infra/constructs/left-out/other-platforms.ts';
import { interpolate, interpolateRound } from '../../../infra/constructs/left-out/scales-of-numbers.ts';
import { SignatureV4MultiRegion } from '../../../infra/constructs/left-out/several-regions.ts';
import { withoutSpecialBuckets } from '../../../infra/constructs/left-out/special-buckets.ts';
import { formatSpecifier, utcFormat } from '../../../infra/constructs/left-out/tick-labels.ts';
import { withoutUnaskedChecksums } from '../../../infra/constructs/left-out/unasked-checksums.ts';
import { withoutXmlDocuments } from '../../../infra/constructs/left-out/xml-documents.ts';

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

describe('withoutDirectoryBuckets', () => {
  const client = `// node_modules/@aws-sdk/client-s3/dist-es/S3Client.js
var S3Client = class extends Client {
  constructor(configuration) {
    const _config_10 = resolveS3Config(_config_9, { session: [() => this, CreateSessionCommand2] });
    this.middlewareStack.use(getRegionRedirectMiddlewarePlugin(this.config));
    this.middlewareStack.use(getS3ExpressPlugin(this.config));
    this.middlewareStack.use(getS3ExpressHttpSigningPlugin(this.config));
  }
};
`;
  const settings = `// node_modules/@aws-sdk/middleware-sdk-s3/dist-es/s3Configuration.js
var resolveS3Config = (input) => Object.assign(input, {
    s3ExpressIdentityProvider: s3ExpressIdentityProvider ?? new S3ExpressIdentityProviderImpl(async (key) => provider().send(new Ctor({
      Bucket: key
    }))),
    bucketEndpoint: false
});
`;
  const operation = `// node_modules/@aws-sdk/client-s3/dist-es/commands/CreateSessionCommand.js
var CreateSessionCommand2 = class extends command(_ep4, _mw0, "CreateSession", CreateSession$) {
};
`;

  it('takes the sessions out of the client, its settings and its operations, and nothing else', () => {
    const bundle = withoutDirectoryBuckets(client + settings + operation);
    expect(bundle).not.toMatch(/CreateSession\w*2|S3ExpressPlugin|IdentityProviderImpl/);
    expect(bundle).toContain('session: [() => this] });\n    this.middlewareStack.use(getRegionRedirect');
    expect(bundle).toContain('s3ExpressIdentityProvider: s3ExpressIdentityProvider ?? void 0,\n    bucketEndpoint');
  });

  it('leaves all of it where it does not know a part', () => {
    const other = client + settings.replace('new S3Express', 'make') + operation;
    expect(withoutDirectoryBuckets(other)).toBe(other);
  });
});

describe('withoutXmlDocuments', () => {
  const serializer = `// node_modules/@aws-sdk/core/dist-es/submodules/protocols/xml/XmlShapeSerializer.js
var XmlShapeSerializer = class extends SerdeContextConfig2 {
  constructor(settings) {
    super();
  }
  write(schema, value) {
    if (typeof value === "string") {
      this.stringBuffer = value;
    } else {
      this.buffer = this.writeStruct(ns, value, void 0);
    }
  }
  flush() {
    return this.stringBuffer;
  }
  writeStruct(ns, value, parentXmlns) {
    return XmlNode.of(ns);
  }
};
`;

  it('keeps texts and refuses documents', () => {
    const bundle = withoutXmlDocuments(serializer);
    expect(bundle).not.toContain('XmlNode');
    const made = new Function('SerdeContextConfig2', `const ns = 1; ${bundle} return new XmlShapeSerializer();`)(
      Object,
    );
    made.write('schema', 'text');
    expect(made.flush()).toBe('text');
    expect(() => made.write('schema', {})).toThrow('XML documents are left out');
  });
});

describe('withoutUnaskedChecksums', () => {
  const table = `// node_modules/@aws-sdk/checksums/dist-es/Crc32cJs.js
var T = new Uint32Array(256);
for (let i3 = 0; i3 < 256; ++i3) {
  made.push(i3);
  T[i3] = 1;
}
var Crc32cJs2 = class {
  sum = 0;
  update(data) {
    this.sum += T[data];
  }
};
`;

  it('makes a table once, when it is first used', () => {
    const bundle = withoutUnaskedChecksums(table);
    const made: number[] = [];
    const Checksum = new Function('made', `${bundle}return Crc32cJs2;`)(made);
    const [one, other] = [new Checksum(), new Checksum()];
    expect(made).toEqual([]);
    one.update(255);
    other.update(0);
    expect([one.sum, other.sum, made.length]).toEqual([1, 1, 256]);
  });

  it("takes Node's own where there is a choice", () => {
    const choice = (chosen: string) => `// node_modules/@smithy/core/x/Crc32Node.js\nvar Crc32Node2 = ${chosen};\n`;
    expect(withoutUnaskedChecksums(choice('zlibCrc32 ? buildNativeClass2(zlibCrc32) : Crc32Js'))).toBe(
      choice('buildNativeClass2(zlibCrc32)'),
    );
  });
});

describe('what stands in for libraries', () => {
  it('scales numbers, and refuses everything else', () => {
    expect([0, 0.25, 1].map(interpolate(4, 8))).toEqual([4, 5, 8]);
    expect([0, 0.3, 1].map(interpolateRound(0, 9))).toEqual([0, 3, 9]);
    expect(() => interpolate('red', 'blue')).toThrow('anything but numbers');
  });

  it('makes scales without labels, and refuses to label', () => {
    expect(utcFormat).not.toThrow();
    expect(() => utcFormat()()).toThrow('labels of ticks');
    expect(() => formatSpecifier()).toThrow('labels of ticks');
  });

  it('signs for one region, and refuses to sign for several', async () => {
    const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };
    const signer = new SignatureV4MultiRegion({
      credentials,
      region: 'eu-central-1',
      service: 'events',
      sha256: Sha256Node,
    });
    const request = new HttpRequest({ hostname: 'events.eu-central-1.amazonaws.com', headers: { host: 'events' } });
    const { headers } = (await signer.sign(request)) as { headers: Record<string, string> };
    expect(headers['authorization']).toMatch(/^AWS4-HMAC-SHA256 Credential=id\/\d+\/eu-central-1\/events/);
    expect(SignatureV4MultiRegion.sigv4aDependency()).toBe('none');
    expect(() => signer.sign(request, { signingRegion: '*' })).toThrow('signatures for several regions');
  });
});
