import { withPlainSchemaKeys } from '../../../infra/constructs/plain-schema-keys.ts';

const SCHEMAS = '// node_modules/@aws-sdk/client-x/dist-es/schemas/schemas_0.js\n';

describe('withPlainSchemaKeys', () => {
  it("gives the SDK's schemas the keys that their constants name", () => {
    const bundle = `${SCHEMAS}var _hH = "httpHeader";\nvar X = [3, { [_hH]: 1, [_unknown]: 2 }];\n`;
    expect(withPlainSchemaKeys(bundle)).toBe(
      `${SCHEMAS}var _hH = "httpHeader";\nvar X = [3, { "httpHeader": 1, [_unknown]: 2 }];\n`,
    );
  });

  it('leaves every other module as it is, where the same name may mean something else', () => {
    const other = '// shared/clients/sdk.ts\nvar _hH = "other";\nconst f = (_hH) => ({ [_hH]: 1 });\n';
    expect(withPlainSchemaKeys(`${SCHEMAS}var _hH = "httpHeader";\n${other}`)).toContain(other);
  });
});
