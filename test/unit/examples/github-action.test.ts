import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { EVENT_SOURCE } from '../../../shared/constants.ts';

/** The script against a bare repository as its server; `gh` and `rightsizer` are stand-ins that note what they are asked. */
const FOLDER = path.join(import.meta.dirname, '../../../examples/github-action');
const RUN_ID = 'scheduled-2026-11-23';
const BRANCH = `rightsizer/${RUN_ID}`;

let folder: string;
let checkout: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-action-'));
  checkout = path.join(folder, 'checkout');
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', path.join(folder, 'server.git')]);
  execFileSync('git', ['init', '-q', '-b', 'main', checkout]);
  writeFileSync(path.join(checkout, 'template.yaml'), 'MemorySize: 1024\n');
  writeFileSync(path.join(checkout, 'untouched.txt'), 'mine\n');
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@localhost', 'commit', '-q', '-m', 'first');
  git('remote', 'add', 'origin', path.join(folder, 'server.git'));
  git('push', '-q', 'origin', 'main');
  standIn('gh', 'printf "%s\\n" "$@" > "$FOLDER/gh.txt"; exit "${GH_STATUS:-0}"');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const git = (...args: string[]): string => execFileSync('git', args, { cwd: checkout, encoding: 'utf8' });
const branches = (): string => git('ls-remote', '--heads', 'origin').replace(/^\S+\s+refs\/heads\//gm, '');

function standIn(name: string, script: string): void {
  const file = path.join(folder, 'bin', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** What `rightsizer patch --json` answers; it writes the file, and something in the checkout that is none of its. */
function patches(answer: unknown, status = 0): void {
  writeFileSync(path.join(folder, 'answer.json'), JSON.stringify(answer));
  standIn(
    'rightsizer',
    `echo "MemorySize: 512" > template.yaml; echo changed > untouched.txt; cat "$FOLDER/answer.json"; exit ${status}`,
  );
}

function open(environment: Record<string, string> = {}) {
  git('switch', '-q', '--force', 'main');
  return spawnSync(process.execPath, [path.join(FOLDER, 'open-pull-request.mjs')], {
    cwd: checkout,
    encoding: 'utf8',
    env: {
      ...{ HOME: folder, PATH: `${path.join(folder, 'bin')}:${process.env['PATH']}`, FOLDER: folder },
      ...{ RUN_ID, RIGHTSIZER: 'rightsizer', ...environment },
    },
  });
}

const edit = { setting: 'memory', from: 1024, to: 512, file: 'template.yaml', line: 1 };
const PATCHED = { functionName: 'orders-api', result: 'patched', edits: [edit], notes: [] };
const REFUSED = { functionName: 'worker', result: 'refused', edits: [], notes: [], reason: 'main.tf:5: a variable' };

it('opens one pull request with the files of the diff and nothing else, naming what was refused', () => {
  patches({ functions: [PATCHED, REFUSED] }, 1);
  expect(open()).toMatchObject({ status: 0, stderr: '' });
  expect(git('diff', '--stat', 'main', `origin/${BRANCH}`)).toMatch(/^ template.yaml \| 2 \+-\n 1 file changed/);
  const asked = readFileSync(path.join(folder, 'gh.txt'), 'utf8');
  expect(asked).toContain(`pr\ncreate\n--head\n${BRANCH}\n`);
  expect(asked).toContain('- `orders-api` patched; memory 1024 → 512 (template.yaml:1)\n');
  expect(asked).toContain('- `worker` refused; main.tf:5: a variable');
});

it('opens no second one for the same night', () => {
  patches({ functions: [PATCHED] });
  open();
  rmSync(path.join(folder, 'gh.txt'));
  expect(open()).toMatchObject({ status: 0, stdout: `${BRANCH} is there already\n` });
  expect(() => readFileSync(path.join(folder, 'gh.txt'))).toThrow('ENOENT');
});

it('leaves no branch where the pull request could not be opened, so that another try opens it', () => {
  patches({ functions: [PATCHED] });
  expect(open({ GH_STATUS: '1' })).toMatchObject({ status: 1 });
  expect(branches()).toBe('main\n');
});

it('opens none where no source has to change', () => {
  patches({ functions: [REFUSED] }, 1);
  expect(open()).toMatchObject({ status: 0, stdout: expect.stringContaining('No source has to change.') });
  expect(branches()).toBe('main\n');
});

it('fails, and pushes nothing, where the command fails', () => {
  standIn('rightsizer', 'echo "error: no credentials" >&2; exit 1');
  expect(open()).toMatchObject({ status: 1, stderr: 'error: no credentials\n\n' });
  expect(branches()).toBe('main\n');
});

it.each(['', 'scheduled-1; rm -rf /', '--upload-pack=x', '../main'])('takes %j for no run', (id) => {
  patches({ functions: [PATCHED] });
  expect(open({ RUN_ID: id })).toMatchObject({ status: 2 });
  expect(branches()).toBe('main\n');
});

it('asks GitLab for a merge request by options of the push', () => {
  const server = path.join(folder, 'server.git');
  execFileSync('git', ['-C', server, 'config', 'receive.advertisePushOptions', 'true']);
  writeFileSync(path.join(server, 'hooks/pre-receive'), '#!/bin/sh\nenv | grep ^GIT_PUSH_OPTION > options.txt\n');
  chmodSync(path.join(server, 'hooks/pre-receive'), 0o755);
  patches({ functions: [PATCHED] });
  expect(open({ FORGE: 'gitlab' })).toMatchObject({ status: 0, stderr: '' });
  const options = readFileSync(path.join(server, 'options.txt'), 'utf8');
  expect(options).toContain('GIT_PUSH_OPTION_0=merge_request.create');
  expect(options).toContain('memory 1024 → 512 (template.yaml:1)');
});

it('is started by the summary of a night, with the id under the name that the workflow reads', () => {
  const template = parse(readFileSync(path.join(FOLDER, 'night-to-github.yaml'), 'utf8'), { logLevel: 'silent' });
  const { EventPattern, Targets } = template.Resources.Night.Properties;
  expect(EventPattern).toMatchObject({ source: [EVENT_SOURCE], 'detail-type': ['Rightsizer Run Summary'] });
  const sent = JSON.parse(Targets[0].InputTransformer.InputTemplate.replace('<runId>', `"${RUN_ID}"`));
  const workflow = parse(readFileSync(path.join(FOLDER, 'rightsizer.yml'), 'utf8'));
  expect(workflow.on.repository_dispatch.types).toEqual([sent.event_type]);
  expect(sent.client_payload).toEqual({ runId: RUN_ID });
  const script = workflow.jobs.patch.steps.at(-1);
  expect(script.env.RUN_ID).toContain('github.event.client_payload.runId');
  expect(script.run).not.toContain('${{');
});
