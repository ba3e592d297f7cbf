import { type GuideDependencies, guideDeployment, previewDeployment } from '../../../../cli/deploy/guide.ts';
import type { DeployOptions } from '../../../../cli/deploy/options.ts';

const OPTIONS: DeployOptions = { stackName: 'Rightsizer', yes: false, dryRun: false, cdkArguments: [] };

/** A guide on an account in which all is well and a person who says yes; answers what it did, in order. */
async function guide(overrides: Partial<GuideDependencies> = {}, options: Partial<DeployOptions> = {}) {
  const did: string[] = [];
  const said: string[] = [];
  const dependencies: GuideDependencies = {
    findAccount: async () => ({
      accountId: '123456789012',
      region: 'eu-west-1',
      arn: 'arn:aws:iam::123456789012:user/ada',
    }),
    isBootstrapped: async () => true,
    quotaProblem: async () => undefined,
    countFunctions: async () => 1_000,
    bootstrap: async (environment) => void did.push(`bootstrap ${environment}`),
    synthesize: async () => ({ template: { Resources: {} }, emails: ['you@example.com'] }),
    deploy: async () => void did.push('deploy'),
    waitForSubscription: async () => did.push('wait for the subscription') > 0,
    startFirstNight: async () => void did.push('start'),
    confirm: async (question) => did.push(`asked: ${question}`) > 0,
    say: (text) => void said.push(text),
    ...overrides,
  };
  const deployed = await guideDeployment({ ...OPTIONS, ...options }, dependencies);
  return { did, said: said.join('\n'), deployed };
}

const no = async () => false;

describe('previewDeployment', () => {
  it('says what would be, by what was synthesized alone', async () => {
    const said: string[] = [];
    const synthesize = async () => ({ template: { Resources: {} }, emails: ['you@example.com'] });
    await previewDeployment({ ...OPTIONS, dryRun: true }, { say: (text) => void said.push(text), synthesize });
    const text = said.join('\n');
    expect(text).toContain('the account and region of your credentials, as stack Rightsizer');
    expect(text).toContain('for the nights of 1000 functions (an example)');
    expect(text).toMatch(/Nothing was deployed, and AWS was not called\.$/);
  });
});

describe('guideDeployment', () => {
  it('says what will be, asks, deploys, waits for the mail and offers the first night', async () => {
    const { did, said, deployed } = await guide();
    expect(deployed).toBe(true);
    expect(did).toEqual(['asked: Deploy it?', 'deploy', 'wait for the subscription', 'asked: Start it now?', 'start']);
    expect(said).toContain('account 123456789012, region eu-west-1, as stack Rightsizer');
    expect(said).toContain('for the nights of 1000 functions');
  });

  it('asks before it bootstraps, and does nothing without a yes', async () => {
    expect((await guide({ isBootstrapped: no })).did.slice(0, 2)).toEqual([
      'asked: Run "cdk bootstrap"?',
      'bootstrap aws://123456789012/eu-west-1',
    ]);
    const refused = await guide({ isBootstrapped: no, confirm: no });
    expect([refused.deployed, refused.did]).toEqual([false, []]);
    expect(refused.said).toMatch(/Nothing was deployed\.$/);
  });

  it('deploys nothing where the plan is not agreed to', async () => {
    const { did, deployed, said } = await guide({ confirm: no });
    expect([deployed, did]).toEqual([false, []]);
    expect(said).toMatch(/Nothing was deployed\.$/);
  });

  it('asks nothing and waits for nobody with --yes', async () => {
    const { did } = await guide({ isBootstrapped: no }, { yes: true });
    expect(did).toEqual(['bootstrap aws://123456789012/eu-west-1', 'deploy']);
  });

  it('warns of quotas and of nobody to ask, and goes on', async () => {
    const { said, did } = await guide({
      quotaProblem: async () => '10 of 10 are unreserved',
      synthesize: async () => ({ template: { Resources: {} }, emails: [] }),
    });
    expect(said).toContain('! quotas: 10 of 10 are unreserved');
    expect(said).toContain('go to nobody: give --email');
    expect(did).toEqual(['asked: Deploy it?', 'deploy', 'asked: Start it now?', 'start']);
  });

  it('says how to start a night, and that a mail is not confirmed yet', async () => {
    const { said, did } = await guide({
      waitForSubscription: no,
      confirm: async (question) => question === 'Deploy it?',
    });
    expect(said).toContain('! not confirmed yet');
    expect(said).toContain('npm run -s rightsizer -- start --follow');
    expect(did).toEqual(['deploy']);
  });
});
