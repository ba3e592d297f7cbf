import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CONFIGURED_CLIENTS, type ConfiguredClient } from '../../infra/constructs/configured-clients.ts';
import { bundleTasks } from '../../infra/constructs/task-code.ts';
import {
  ACCOUNT_TASKS,
  ALARM_TASKS,
  type AnyTaskName,
  Env,
  TASKS as NIGHT_TASKS,
  TASK_FOLDERS,
} from '../../shared/constants.ts';
import { PROJECT_ROOT, synthesize, DEPLOYED_TASKS as TASKS, text } from './template.ts';

/** The most a bundle may have, KiB: a task of a few clients. More is something dragged along, and loads longer cold. */
const BUNDLE_MAX_KIB = 352;
/** Those of many clients, each at what it is today with about two percent of room; none may be added without a reason. */
const LARGE_BUNDLES_MAX_KIB: Partial<Record<AnyTaskName, number>> = {
  // Seven clients, to look at candidates and to ask people.
  'prepare-approvals': 390,
  // Nine clients: metrics, REPORT lines, aliases, prices, schedules, scaling, tags, the ledger, and S3 for its lists.
  'apply-cold-start-mitigation': 386,
  // Draws the night's pages: d3's scales and shapes.
  'summarize-run': 378,
};
/** Half of the bundles have no more, KiB: what every task has in common may not grow unseen. */
const MEDIAN_MAX_KIB = 259;

const usedBefore = process.cpuUsage();
const bundles = bundleTasks();
for (const { code } of bundles.values()) expect(code.length).toBeGreaterThan(0);
/** Of this process, where all but parsing is done: a busy machine makes it no longer. */
const bundlingCpuMs = process.cpuUsage(usedBefore).user / 1_000;
const EVERY_CLIENT = Object.keys(CONFIGURED_CLIENTS) as ConfiguredClient[];
const SECRET_ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:oidc-a1B2c3';
/** With everything configured that brings a variable of its own. */
const template = synthesize({
  approvalPage: { oidcIssuer: 'https://issuer.example.com', oidcClientId: 'client', oidcClientSecretArn: SECRET_ARN },
});

it('bundles every task in under twenty seconds of a CPU', () => {
  expect([...bundles.keys()].sort()).toEqual([...NIGHT_TASKS, ...ALARM_TASKS, ...ACCOUNT_TASKS].sort());
  expect(bundlingCpuMs).toBeLessThan(20_000);
});

it('makes the same bundles of the same sources, wherever they stand, whichever day it is', () => {
  const elsewhere = mkdtempSync(path.join(tmpdir(), 'rightsizer-elsewhere-'));
  try {
    for (const room of ['shared', 'tasks', 'infra', 'workflows'])
      cpSync(path.join(PROJECT_ROOT, room), path.join(elsewhere, room), { recursive: true });
    installPackages(elsewhere);
    copyFileSync(path.join(PROJECT_ROOT, 'package.json'), path.join(elsewhere, 'package.json'));
    copyFileSync(path.join(PROJECT_ROOT, 'tsconfig.json'), path.join(elsewhere, 'tsconfig.json'));
    expect(hashesFrom(elsewhere)).toEqual(
      Object.fromEntries([...bundles].map(([task, { code }]) => [task, hash(code)])),
    );
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

it('keeps each bundle within its budget', () => {
  const sizes = [...bundles].map(([task, { code }]) => ({
    task,
    kiB: Math.ceil(code.length / 1024),
    maxKiB: LARGE_BUNDLES_MAX_KIB[task] ?? BUNDLE_MAX_KIB,
  }));
  expect(sizes.filter(({ kiB, maxKiB }) => kiB > maxKiB)).toEqual([]);
});

it('keeps the median within its budget', () => {
  const sizes = [...bundles.values()].map(({ code }) => code.length / 1024);
  expect(sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(MEDIAN_MAX_KIB);
});

it('gives no bundle a budget of its own that would do with the common one', () => {
  const large = Object.keys(LARGE_BUNDLES_MAX_KIB) as AnyTaskName[];
  expect(large.filter((task) => bundles.get(task)!.code.length <= BUNDLE_MAX_KIB * 1024)).toEqual([]);
});

it('brings no client along that only other configurations ask for', () => {
  const ofClients = EVERY_CLIENT.map((client) => `node_modules/${client}/`);
  const brought = [...bundles.values()].flatMap(({ modules }) => modules);
  expect(brought.filter((module) => ofClients.some((client) => module.startsWith(client)))).toEqual([]);
});

it('leaves no CDK, test or sandbox code in a bundle', () => {
  const foreign =
    /^(infra(?!\/constructs\/left-out\/)|workflows|sandbox|bench|cli|test)\/|node_modules\/(aws-cdk-lib|constructs|jest)/;
  expect(TASKS.flatMap((task) => bundles.get(task)!.modules.filter((module) => foreign.test(module)))).toEqual([]);
});

it('makes bundles that Node loads without any of Intl, 20 ms of a CPU, and that export a handler', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-bundles-'));
  const configured = bundleTasks(EVERY_CLIENT);
  try {
    const files = TASKS.map((task) => {
      const file = path.join(folder, `${task}.mjs`);
      writeFileSync(file, configured.get(task)!.code);
      return [task, pathToFileURL(file).href, environmentOf(task)] as const;
    });
    expect(loadEach(files)).toEqual(Object.fromEntries(TASKS.map((task) => [task, 'function'])));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe.each(TASKS)('%s', (task) => {
  it('gets exactly the variables that its folder reads', () => {
    const folder = path.join(PROJECT_ROOT, TASK_FOLDERS[task]);
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'));
    const read = sources.flatMap((source) =>
      [...source.matchAll(/\bEnv\.(\w+)/g)].map((match) => Env[match[1] as keyof typeof Env]),
    );
    const {
      POWERTOOLS_SERVICE_NAME: _,
      POWERTOOLS_METRICS_NAMESPACE: __,
      ...given
    } = template.task(task).resource.Properties.Environment.Variables;
    expect(Object.keys(given).sort()).toEqual([...new Set(read)].sort());
  });
});

const hash = (code: Uint8Array): string => createHash('sha256').update(code).digest('hex');

/** Packages that are in a bundle as files of their own, as an installation has them; all others by links. */
function installPackages(root: string): void {
  const bundled = new Set(
    [...bundles.values()].flatMap(({ modules }) =>
      modules.flatMap((module) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1] ?? []),
    ),
  );
  const packages = path.join(PROJECT_ROOT, 'node_modules');
  const names = readdirSync(packages).flatMap((name) =>
    name.startsWith('@') ? readdirSync(path.join(packages, name)).map((each) => `${name}/${each}`) : [name],
  );
  for (const name of names) {
    const place = path.join(root, 'node_modules', name);
    mkdirSync(path.dirname(place), { recursive: true });
    if (bundled.has(name)) cpSync(path.join(packages, name), place, { recursive: true });
    else symlinkSync(path.join(packages, name), place);
  }
}

/** Hashes of the bundles that another process makes of another checkout, some years from now and far away. */
function hashesFrom(root: string): unknown {
  const script = `
    const { createHash } = await import('node:crypto');
    const { bundleTasks } = await import(${JSON.stringify(pathToFileURL(path.join(root, 'infra/constructs/task-code.ts')).href)});
    const hashes = [...bundleTasks()].map(([task, { code }]) => [task, createHash('sha256').update(code).digest('hex')]);
    process.stdout.write(JSON.stringify(Object.fromEntries(hashes)));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    cwd: root,
    env: { PATH: process.env['PATH'], TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', HOME: root },
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The function's variables as strings, references replaced by something of their kind. */
function environmentOf(task: (typeof TASKS)[number]): Record<string, string> {
  const variables = template.task(task).resource.Properties.Environment.Variables as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, isJoined(value) ? text(value) : 'reference']),
  );
}

/** A value with references inside keeps its form, so that JSON of it stays JSON. */
const isJoined = (value: unknown): boolean => typeof value === 'string' || Object.hasOwn(value as object, 'Fn::Join');

/** Loads each bundle in one process, as Lambda would with its variables, and tells what `handler` is. */
function loadEach(files: readonly (readonly [string, string, Record<string, string>])[]): unknown {
  const script = `
    for (const each of Object.keys(Object.getOwnPropertyDescriptors(Intl)))
      if (typeof Intl[each] === 'function') Intl[each] = function made() { throw new Error('Intl.' + each + ' while loading'); };
    const answer = {};
    for (const [task, url, environment] of ${JSON.stringify(files)}) {
      Object.assign(process.env, environment);
      answer[task] = typeof (await import(url)).handler;
    }
    process.stdout.write(JSON.stringify(answer));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env: { AWS_REGION: 'eu-central-1' },
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}
