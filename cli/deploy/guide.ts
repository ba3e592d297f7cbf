import type { DeployOptions } from './options.ts';
import { type Plan, planInWords } from './plan-in-words.ts';

export interface GuideDependencies {
  /** Whom AWS says is calling, and where. @throws Error with what to do */
  findAccount(): Promise<{ accountId: string; region: string; arn: string }>;
  isBootstrapped(): Promise<boolean>;
  /** What stands in the way or is worth knowing of the account's quotas; undefined where all is well. */
  quotaProblem(): Promise<string | undefined>;
  countFunctions(): Promise<number>;
  /** The CDK's CLI with its output on the terminal. @throws Error where it fails */
  bootstrap(environment: string): Promise<void>;
  /** Synthesizes and reads what came of it. */
  synthesize(): Promise<Pick<Plan, 'template' | 'emails'>>;
  /** Deploys what was synthesized. */
  deploy(): Promise<void>;
  /** Waits until a subscription is confirmed; false where nobody did in time. */
  waitForSubscription(): Promise<boolean>;
  startFirstNight(): Promise<void>;
  /** Asks for a yes. */
  confirm(question: string): Promise<boolean>;
  say(text: string): void;
}

/** What a deployment would create, cost and be allowed to change; asks neither AWS nor anybody else. */
export async function previewDeployment(
  { stackName }: DeployOptions,
  { say, synthesize }: Pick<GuideDependencies, 'say' | 'synthesize'>,
): Promise<void> {
  say('… synthesizing');
  const plan = await synthesize();
  say(`\n${planInWords({ account: undefined, functionCount: undefined, stackName, ...plan })}\n`);
  say('Nothing was deployed, and AWS was not called.');
}

/** Leads through a deployment, a step after the other; answers whether the stack was deployed. */
export async function guideDeployment(options: DeployOptions, dependencies: GuideDependencies): Promise<boolean> {
  const { say } = dependencies;
  const agree = async (question: string): Promise<boolean> => options.yes || dependencies.confirm(question);
  const { accountId, region, arn } = await dependencies.findAccount();
  say(`✔ credentials: ${arn}`);
  const problem = await dependencies.quotaProblem();
  say(problem === undefined ? '✔ quotas' : `! quotas: ${problem}`);
  if (!(await bootstrapped(`aws://${accountId}/${region}`, agree, dependencies))) return false;
  say('… synthesizing');
  const [plan, functionCount] = await Promise.all([dependencies.synthesize(), dependencies.countFunctions()]);
  say(`\n${planInWords({ account: { accountId, region }, stackName: options.stackName, functionCount, ...plan })}\n`);
  if (!(await agree('Deploy it?'))) {
    say('Nothing was deployed.');
    return false;
  }
  await dependencies.deploy();
  say(`✔ deployed as ${options.stackName}`);
  if (!options.yes) await finish(plan.emails.length > 0, dependencies);
  return true;
}

async function bootstrapped(
  environment: string,
  agree: (question: string) => Promise<boolean>,
  { isBootstrapped, bootstrap, say }: GuideDependencies,
): Promise<boolean> {
  if (await isBootstrapped()) {
    say('✔ bootstrapped');
    return true;
  }
  say(`✘ ${environment} is not bootstrapped: the CDK needs a bucket and roles there, once per account and region.`);
  if (!(await agree('Run "cdk bootstrap"?'))) {
    say('Nothing was deployed.');
    return false;
  }
  await bootstrap(environment);
  say('✔ bootstrapped');
  return true;
}

async function finish(hasReaders: boolean, dependencies: GuideDependencies): Promise<void> {
  const { say, confirm, waitForSubscription, startFirstNight } = dependencies;
  if (hasReaders) {
    say(
      'A mail asks you to confirm the subscription; without it no digest reaches you. Waiting for that (Ctrl-C ends it).',
    );
    say(
      (await waitForSubscription())
        ? '✔ subscription confirmed'
        : '! not confirmed yet; "rightsizer doctor" tells when it is',
    );
  }
  say('The first night proposes and changes nothing by itself.');
  if (await confirm('Start it now?')) await startFirstNight();
  else say('It starts by the schedule, or by: npm run -s rightsizer -- start --follow');
}
