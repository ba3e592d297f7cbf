import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MODULE = path.join(import.meta.dirname, '../../deploy/interruption.ts');

it.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('ends on %s with what it started ended before its folder goes', (signal, status) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'interruption-'));
  const script = `
    const { endTidily } = await import(${JSON.stringify(MODULE)});
    endTidily(${JSON.stringify(folder)});
    process.once('exit', () => console.log(process.getBuiltinModule('fs').existsSync(${JSON.stringify(folder)})));
    setTimeout(() => {}, 30_000);
    process.kill(process.pid, '${signal}');`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect([ended.status, ended.stdout.trim(), existsSync(folder)]).toEqual([status, 'true', false]);
});
