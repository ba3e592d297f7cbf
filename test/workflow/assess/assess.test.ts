import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { ASSESS_ACTIONS } from '../../../cli/assess/policy-document.ts';
import { runCli } from '../../../cli/program.ts';
import { parseConfiguration } from '../../../infra/config.ts';
import { DEFAULT_POLICY } from '../../../shared/contracts/default-policy.ts';
import { NightWorld, START_MS } from '../../support/night-world.ts';

/** `rightsizer assess` over the embedded account: a fleet of a hundred functions that nobody deployed anything for. */

let night: NightWorld;
let cache: string;

beforeEach(async () => {
  night = await NightWorld.create({ functions: 100 });
  cache = mkdtempSync(path.join(tmpdir(), 'assess-'));
});
afterEach(() => {
  night.dispose();
  rmSync(cache, { recursive: true });
});

class Collected extends Writable {
  text = '';
  /** What breaks the process off, as Ctrl-C would, when it is about to be said. */
  interruptedBy: RegExp | undefined;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.interruptedBy?.test(chunk.toString())) throw new Error('interrupted');
    this.text += chunk.toString();
    done();
  }
}

const assess = (...args: string[]) => assessUntil(undefined, ...args);

async function assessUntil(interruptedBy: RegExp | undefined, ...args: string[]) {
  const [stdout, stderr] = [new Collected(), new Collected()];
  stderr.interruptedBy = interruptedBy;
  const environment = { XDG_CACHE_HOME: cache };
  const exitCode = await night.clock.complete(() =>
    runCli(['assess', ...args], { stdin: Readable.from([]), stdout, stderr, colors: false, environment }),
  );
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

/** SDK client names whose IAM prefix is another. */
const PREFIX: Readonly<Record<string, string>> = {
  CloudWatchLogs: 'logs',
  ComputeOptimizer: 'compute-optimizer',
  ResourceGroupsTaggingAPI: 'tag',
};
const callsMade = (): string[] =>
  [...night.account.calls.keys()].map((call) => {
    const [service = '', operation] = call.split('.');
    return `${PREFIX[service] ?? service.toLowerCase()}:${operation}`;
  });

it('finds for most functions what they should have, and prints one JSON object and nothing else', async () => {
  const before = night.sizes();
  const { exitCode, stdout, stderr } = await assess('--json');
  expect(stderr).not.toContain('error');
  expect(exitCode).toBe(0);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  const found = JSON.parse(stdout);
  expect(found.functionsWithFinding / found.functionsAssessed).toBeGreaterThanOrEqual(0.6);
  expect(found.worthProposing).toBeGreaterThan(0);
  expect(found.savingsUsdPerMonth).toBeGreaterThan(0);
  expect(found.excluded.length).toBeGreaterThan(0);
  expect(stderr).toMatch(/reading metrics: 50 of \d+/);
  expect(night.sizes()).toEqual(before);
});

it('calls nothing that its printed policy does not allow, and nothing that writes', async () => {
  night.account.calls.clear();
  await assess('--json');
  expect(callsMade().filter((call) => !ASSESS_ACTIONS.includes(call))).toEqual([]);
  expect(ASSESS_ACTIONS.filter((action) => !/:(Get|List|Describe|Start(?=Query)|Stop(?=Query))/.test(action))).toEqual(
    [],
  );
  const { stdout } = await assess('--print-policy');
  expect(JSON.parse(stdout).Statement[0].Action).toEqual(ASSESS_ACTIONS);
});

it('makes at most half a call a function, besides what cannot be batched', async () => {
  night.account.calls.clear();
  const { stdout } = await assess('--json');
  const { functionsAssessed, excluded } = JSON.parse(stdout);
  const calls = [...night.account.calls].filter(([call]) => !/Query/.test(call));
  const count = calls.reduce((sum, [, each]) => sum + each, 0);
  expect(count).toBeLessThanOrEqual((functionsAssessed + excluded.length) / 2);
});

it('goes on where it was interrupted, with the same answer', async () => {
  const asked = () => night.account.calls.get('CloudWatchLogs.StartQuery') ?? 0;
  expect((await assessUntil(/reading metrics: 50 of/, '--json')).exitCode).toBe(1);
  const calls = () => ['Lambda.ListFunctions', 'CloudWatch.GetMetricData'].map((call) => night.account.calls.get(call));
  const [before, queries] = [calls(), asked()];
  const resumed = await assess('--json');
  expect(resumed.exitCode).toBe(0);
  // Listing and metrics are not asked for again; only by which name the candidates are called is asked at the end.
  expect(calls()[0]).toBe(before[0]);
  const afterwards = calls()[1]! - before[1]!;
  expect(asked()).toBe(queries);
  const { stdout: fresh } = await assess('--json', '--fresh');
  expect(afterwards).toBeLessThan(calls()[1]! - before[1]! - afterwards);
  const names = (text: string) => JSON.parse(text).functions.map((each: { functionName: string }) => each.functionName);
  expect(names(resumed.stdout).toSorted()).toEqual(names(fresh).toSorted());
});

it('finds out anew what was saved in another shape, cut off or taken away', async () => {
  const { stdout: whole } = await assess('--json');
  const saved = readdirSync(cache, { recursive: true, encoding: 'utf8' }).map((name) => path.join(cache, name));
  const file = (name: string) => saved.find((each) => path.basename(each) === name)!;
  writeFileSync(file('discovered'), 'null');
  writeFileSync(file('metrics-0'), '{}');
  writeFileSync(file('metrics-50'), '{"cut');
  rmSync(saved.find((each) => each.endsWith('assessment-items.json'))!);
  const again = await assess('--json');
  expect([again.exitCode, again.stderr]).toEqual([0, expect.not.stringContaining('error')]);
  expect(JSON.parse(again.stdout).functions).toEqual(JSON.parse(whole).functions);
});

it('says first which account and region it looks at', async () => {
  const { stdout, stderr } = await assess('--json');
  const { accountId, region } = JSON.parse(stdout);
  expect(accountId).toMatch(/^\d{12}$/);
  expect(stderr.split('\n')[0]).toBe(`account ${accountId}, region ${region}`);
});

it('names a source that it may not read, and assesses the rest', async () => {
  night.account.faults.add({
    service: 'ComputeOptimizer',
    error: () => Object.assign(new Error('no'), { name: 'AccessDeniedException' }),
  });
  const file = path.join(cache, 'assessment.html');
  const { exitCode, stdout } = await assess('--html', file);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Not read: ComputeOptimizer');
  expect(readFileSync(file, 'utf8')).toMatch(/Not read.*ComputeOptimizer/);
  expect(stdout).toContain('worth changing');
});

it('assesses without metrics where CloudWatch is away, and calls nothing worth changing', async () => {
  night.account.faults.add({
    service: 'CloudWatch',
    error: () => Object.assign(new Error('no'), { name: 'AccessDeniedException' }),
  });
  const { exitCode, stdout } = await assess('--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ worthProposing: 0, functionsWithFinding: 0 });
  expect(JSON.parse(stdout).unavailableSources).toContainEqual(expect.objectContaining({ source: 'Metrics' }));
});

it('writes a page that loads nothing and shows what the table shows', async () => {
  const file = path.join(cache, 'assessment.html');
  const { stdout } = await assess('--html', file, '--json');
  const html = readFileSync(file, 'utf8');
  const worth = JSON.parse(stdout).functions.filter((each: { worthProposing: boolean }) => each.worthProposing);
  for (const { functionName } of worth) expect(html).toContain(functionName);
  expect(html).not.toMatch(/<script|src=|href=/);
});

it('refuses wrong options before it asks AWS anything, naming all of them', async () => {
  night.account.calls.clear();
  const { exitCode, stderr } = await assess('--strategy', 'cheapest', '--scan-gb', 'much', '--html', '/no/such/a.html');
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/--strategy must be one of cost.*cheapest/);
  expect(stderr).toMatch(/--scan-gb.*much.*--html must be a file in a folder that exists, got "\/no\/such\/a.html"/);
  expect(night.account.calls.size).toBe(0);
  expect(existsSync(path.join(cache, 'rightsizer'))).toBe(false);
});

it('decides by the policy of a stage that configures none', () => {
  expect(DEFAULT_POLICY).toEqual(parseConfiguration({}, new Date(START_MS)).policy);
});
