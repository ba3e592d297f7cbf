import { parseDeployOptions } from '../../../../cli/deploy/options.ts';

const parse = (...argv: string[]) => parseDeployOptions(argv, () => {});

describe('npm run deploy', () => {
  it('takes addresses, place and what is for the CDK', () => {
    expect(
      parse('--email', 'a@example.com,b@example.com', '--region', 'eu-west-1', '--yes', '--', '-c', 'x=y'),
    ).toEqual({
      ...{
        emails: 'a@example.com,b@example.com',
        region: 'eu-west-1',
        stackName: 'Rightsizer',
        yes: true,
        dryRun: false,
      },
      cdkArguments: ['-c', 'x=y'],
    });
  });

  it('leaves the addresses to cdk.json where none is given, and asks unless told otherwise', () => {
    expect(parse()).toEqual({ stackName: 'Rightsizer', yes: false, dryRun: false, cdkArguments: [] });
  });

  it('refuses every wrong address by name, and flags it does not know', () => {
    expect(() => parse('--email', 'nope,b@example.com,@c')).toThrow(/given "nope".*given "@c"/s);
    expect(() => parse('--emial', 'a@example.com')).toThrow(/^(?!error).*unknown option '--emial'/);
  });

  it('explains itself', () => {
    let said = '';
    expect(parseDeployOptions(['--help'], (text) => (said += text))).toBeUndefined();
    expect(said).toContain('npm run deploy -- --email you@example.com');
  });
});
