/**
 * Opens one pull request with what a night changed. Asks nothing; a second call for the same night changes nothing. Copy
 * it beside your workflow; it needs git, Node and, for GitHub, the `gh` command.
 *
 *   RUN_ID      the run, as `rightsizer runs` or the event "Rightsizer Run Summary" names it
 *   DIRECTORY   where the sources are (default: .)
 *   RIGHTSIZER  the command (default: npx rightsizer)
 *   FORGE       github (default), or gitlab, which opens a merge request by options of the push
 */
import { execFileSync, spawnSync } from 'node:child_process';
import process from 'node:process';

const { RUN_ID = '', DIRECTORY = '.', RIGHTSIZER = 'npx rightsizer', FORGE = 'github' } = process.env;
const branch = `rightsizer/${RUN_ID}`;
const title = `Sizes of Lambda functions after ${RUN_ID}`;
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' });

/** The id comes with an event and becomes a branch's name. */
if (!/^(scheduled|manual)-[\w.-]{1,100}$/.test(RUN_ID)) fail(`RUN_ID is ${JSON.stringify(RUN_ID)}, no run's id`, 2);
if (git('ls-remote', '--heads', 'origin', branch) !== '') {
  console.log(`${branch} is there already`);
  process.exit();
}

const answer = patch();
const files = [...new Set(answer.functions.flatMap(({ edits }) => edits.map(({ file }) => file)))];
for (const line of lines(answer)) console.log(line);
if (files.length === 0) {
  console.log('No source has to change.');
  process.exit();
}
git('switch', '--quiet', '--create', branch);
git('add', '--', ...files);
git('-c', 'user.name=Rightsizer', '-c', 'user.email=rightsizer@localhost', 'commit', '--quiet', '-m', title);
FORGE === 'gitlab' ? openByPush() : openByGh();

/** Exit code 1 with an answer: some functions were refused, which the pull request says; without one: it failed. */
function patch() {
  const [command, ...args] = RIGHTSIZER.split(' ');
  const { status, stdout, stderr } = spawnSync(
    command,
    [...args, 'patch', '--run', RUN_ID, '--write', '--json', DIRECTORY],
    {
      encoding: 'utf8',
      maxBuffer: 64_000_000,
    },
  );
  if (!stdout) fail(stderr || `${command} did not start`, status || 1);
  return JSON.parse(stdout);
}

function lines({ functions }) {
  return functions.map(({ functionName, result, edits, notes, reason }) => {
    const said = edits.map(
      ({ setting, from, to, file, line }) => `${setting} ${from ?? '-'} → ${to} (${file}:${line})`,
    );
    return `- ${[`\`${functionName}\` ${result}`, ...said, ...notes, ...(reason ? [reason] : [])].join('; ')}`;
  });
}

/** A branch without its pull request would end the next try, so it is taken back. */
function openByGh() {
  git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
  try {
    const body = ['Rightsizer changed these functions in production:', '', ...lines(answer)].join('\n');
    execFileSync('gh', ['pr', 'create', '--head', branch, '--title', title, '--body', body], { stdio: 'inherit' });
  } catch (error) {
    git('push', '--quiet', 'origin', '--delete', branch);
    fail(error.message, 1);
  }
}

/** An option of a push is one line. */
function openByPush() {
  const body = lines(answer).join('<br>');
  const options = ['merge_request.create', `merge_request.title=${title}`, `merge_request.description=${body}`];
  const asked = options.flatMap((option) => ['--push-option', option]);
  git('push', '--quiet', ...asked, 'origin', `HEAD:refs/heads/${branch}`);
}

function fail(message, exitCode) {
  console.error(message);
  process.exit(exitCode);
}
