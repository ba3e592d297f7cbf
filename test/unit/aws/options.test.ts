import { parseOptions, requireAccount } from '../../aws/options.ts';

describe('npm run test:aws', () => {
  it('refuses to run without the number of an account and a region, naming both', () => {
    expect(() => parseOptions([])).toThrow(
      /nothing was deployed:\n {2}--account: given nothing.*\n {2}--region: given/,
    );
    expect(() => parseOptions(['--account', '1234', '--region', 'mars'])).toThrow(/given 1234.*\n.*given mars/);
  });

  it('takes what it needs, and destroys what it made unless told to keep it', () => {
    const named = ['--account', '123456789012', '--region', 'us-gov-west-1'];
    expect(parseOptions(named)).toEqual({ account: '123456789012', region: 'us-gov-west-1', keep: false });
    expect(parseOptions([...named, '--keep']).keep).toBe(true);
  });

  it('refuses credentials of another account', () => {
    expect(() => requireAccount('123456789012', '210987654321')).toThrow(/belong to 210987654321/);
    expect(() => requireAccount('123456789012', '123456789012')).not.toThrow();
  });
});
