/** Environment variables in which a runtime is told how much memory it may claim. */
const JVM_OPTIONS = ['JAVA_TOOL_OPTIONS', '_JAVA_OPTIONS'];
const NODE_OPTIONS = 'NODE_OPTIONS';

/** The JVM reads `-Xmx` as bytes unless a letter follows. */
const BYTES_PER_UNIT: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/**
 * Memory in MB that the runtime's own settings claim, below which the process would be killed; undefined when none is
 * set. `-XX:MaxRAMPercentage` follows the memory size and is therefore no floor.
 */
export function runtimeMemoryFloorMb(environment: Readonly<Record<string, string>>): number | undefined {
  const floors = [
    ...JVM_OPTIONS.map((name) => jvmHeapMb(environment[name] ?? '')),
    nodeHeapMb(environment[NODE_OPTIONS] ?? ''),
  ].filter((each) => each !== undefined);
  return floors.length === 0 ? undefined : Math.max(...floors);
}

function jvmHeapMb(options: string): number | undefined {
  const last = [...options.matchAll(/(?:^|\s)-Xmx(\d+)([kmgt]?)(?=\s|$)/gi)].at(-1);
  if (last === undefined) return undefined;
  return Math.ceil((Number(last[1]) * BYTES_PER_UNIT[last[2]!.toLowerCase()]!) / BYTES_PER_UNIT['m']!);
}

function nodeHeapMb(options: string): number | undefined {
  const last = [...options.matchAll(/(?:^|\s)--max[-_]old[-_]space[-_]size(?:=|\s+)(\d+)(?=\s|$)/g)].at(-1);
  return last === undefined ? undefined : Number(last[1]);
}
