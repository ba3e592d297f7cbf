import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../support/free-port.ts';
import { leaveAws } from '../../support/leave-aws.ts';
import { PROJECT_ROOT } from './command.ts';

/** The release that this test was written against; docs/testing.md lists where it differs from AWS. */
const RELEASE = 'ministack==1.5.33';
export const ACCOUNT_ID = '000000000000';
export const REGION = 'us-east-1';
const STARTS_WITHIN_MS = 60_000;

/** MiniStack in a process of its own, on loopback. */
export interface Emulator {
  url: string;
  port: number;
  /** Where everything it and its functions wrote is kept. */
  logFile: string;
  stop(): void;
}

/** Environment by which any SDK, the CDK's CLI and ours meet the emulator and nothing else. */
export function environmentOf(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DEFAULT_ACCOUNT: ACCOUNT_ID,
    CDK_DEFAULT_REGION: REGION,
  };
}

/** Starts it with `environment` besides, which its functions inherit; they run under this process's own Node. */
export async function startEmulator(folder: string, environment: Readonly<Record<string, string>>): Promise<Emulator> {
  leaveAws(process.env);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = path.join(folder, 'emulator.log');
  const server = spawn(installed(), [], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: {
      ...process.env,
      ...environmentOf(url),
      ...environment,
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH']}`,
      BIND_HOST: '127.0.0.1',
      // A URL whose host ends in a number is none to Node, so the page's link needs a name.
      MINISTACK_HOST: 'localhost',
      GATEWAY_PORT: String(port),
    },
  });
  // In a process group of its own, it outlives whatever ends this process unless somebody ends it.
  process.once('exit', () => stopGroup(server));
  const log = createWriteStream(logFile);
  server.stdout.pipe(log);
  server.stderr.pipe(log);
  await untilReady(url, server);
  return { url, port, logFile, stop: () => stopGroup(server) };
}

/** The command of a virtual environment in `.ci`, made where there is none yet. */
function installed(): string {
  const venv = path.join(PROJECT_ROOT, '.ci/venv-deploy');
  const command = path.join(venv, 'bin/ministack');
  if (existsSync(command)) return command;
  process.stdout.write(`installing ${RELEASE} in ${venv}\n`);
  execFileSync('python3', ['-m', 'venv', venv]);
  execFileSync(path.join(venv, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', RELEASE]);
  return command;
}

/** The emulator's functions are processes of its group. */
function stopGroup(server: ChildProcess): void {
  const isRunning = server.exitCode === null && server.signalCode === null;
  if (server.pid !== undefined && isRunning) process.kill(-server.pid, 'SIGKILL');
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  let failure: Error | undefined;
  server.once('error', (error) => {
    failure = error;
  });
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < deadline && failure === undefined && server.exitCode === null) {
    if (await isReady(url)) return;
    await wait(100);
  }
  throw new Error(`the emulator did not start (${failure?.message ?? `exit ${server.exitCode}`}); see docs/testing.md`);
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/_ministack/health`).then(
    ({ ok }) => ok,
    () => false,
  );
