import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';
import { leaveAws } from '../support/leave-aws.ts';

const STARTS_WITHIN_MS = 60_000;
export const MOTO_STARTS_WITHIN_MS = STARTS_WITHIN_MS + 5_000;

/** Starts moto on a free port of loopback, leads every client of this process there, and answers how to end it. */
export async function startMoto(): Promise<() => void> {
  leaveAws(process.env);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    MOTO_DOCKER: '0',
  });
  const server = spawn(process.env['MOTO_SERVER'] ?? 'moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    // Said, since Jest's process.env is a copy: Python's SDK stumbles over a profile it does not find.
    env: process.env,
  });
  await answers(url);
  return () => void server.kill();
}

/** moto checks that a function's role exists; IAM has no client among our packages, and its Query protocol is one POST. */
export async function createRole(): Promise<string> {
  const body = new URLSearchParams({
    Action: 'CreateRole',
    Version: '2010-05-08',
    RoleName: 'contract',
    AssumeRolePolicyDocument: '{}',
  });
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    authorization:
      'AWS4-HMAC-SHA256 Credential=testing/20261123/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0',
  };
  const answer = await fetch(process.env['AWS_ENDPOINT_URL']!, { method: 'POST', headers, body });
  const arn = /<Arn>([^<]+)<\/Arn>/.exec(await answer.text())?.[1];
  if (arn === undefined) throw new Error(`moto made no role: ${answer.status}`);
  return arn;
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < deadline) {
    if (
      await fetch(`${url}/moto-api/`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await wait(200);
  }
  throw new Error('moto_server did not start; is it installed? pip install "moto[server]"');
}
