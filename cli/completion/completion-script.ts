import type { Command } from 'commander';
import { refuse } from '../input/usage-error.ts';

interface Word {
  name: string;
  description: string;
}

/** What may stand where: commands first, then the options of the one chosen. */
interface Words {
  commands: readonly (Word & { options: readonly Word[] })[];
  everywhere: readonly Word[];
}

const SHELLS: Readonly<Record<string, (words: Words) => string>> = { bash, zsh, fish };

/** A completion script for a shell, made of the commands themselves, so that it cannot fall behind them. */
export function completionScript(shell: string, program: Command): string {
  const known = Object.keys(SHELLS);
  refuse([!known.includes(shell) && `shell must be one of ${known.join(', ')}, got ${JSON.stringify(shell)}`]);
  return `${SHELLS[shell]!(wordsOf(program))}\n`;
}

function wordsOf(program: Command): Words {
  return {
    everywhere: optionsOf(program),
    commands: program.commands.map((command) => ({
      name: command.name(),
      description: command.description(),
      options: optionsOf(command),
    })),
  };
}

const optionsOf = (command: Command): Word[] =>
  command.options.flatMap(({ long, description }) => (long ? [{ name: long, description }] : []));

const names = (words: readonly Word[]): string => words.map(({ name }) => name).join(' ');

/** Between single quotes a shell reads everything as it stands, but for a single quote. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function bash({ commands, everywhere }: Words): string {
  const cases = commands.map(({ name, options }) => `    ${name}) words="${names([...options, ...everywhere])}" ;;`);
  return `# Completes rightsizer in bash; made by: rightsizer completion bash
_rightsizer() {
  local words="${names([...commands, ...everywhere])}" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
${cases.map((each) => `  ${each}`).join('\n')}
    esac
  done
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _rightsizer rightsizer`;
}

function zsh({ commands, everywhere }: Words): string {
  const described = (words: readonly Word[]) =>
    words.map(({ name, description }) => quoted(`${name}:${description.replaceAll(':', '\\:')}`)).join(' ');
  const cases = commands.map(
    ({ name, options }) => `      ${name}) options=(${described([...options, ...everywhere])}) ;;`,
  );
  return `#compdef rightsizer
# Completes rightsizer in zsh; made by: rightsizer completion zsh
_rightsizer() {
  local -a commands options
  commands=(${described(commands)})
  options=(${described(everywhere)})
  local word chosen
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$word" in
${cases.join('\n')}
      *) continue ;;
    esac
    chosen=1
  done
  [[ -n "$chosen" ]] || _describe 'command' commands
  _describe 'option' options
  _files
}
if [[ "$funcstack[1]" == _rightsizer ]]; then _rightsizer "$@"; else compdef _rightsizer rightsizer; fi`;
}

function fish({ commands, everywhere }: Words): string {
  const option = ({ name, description }: Word, when: string) =>
    `complete -c rightsizer ${when}-l ${name.slice(2)} -d ${quoted(description)}`;
  return [
    '# Completes rightsizer in fish; made by: rightsizer completion fish',
    ...everywhere.map((word) => option(word, '')),
    ...commands.flatMap(({ name, description, options }) => [
      `complete -c rightsizer -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
      ...options.map((word) => option(word, `-n '__fish_seen_subcommand_from ${name}' `)),
    ]),
  ].join('\n');
}
