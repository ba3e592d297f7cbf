import { runtimeMemoryFloorMb } from '../../../../../../shared/domain/night/eligibility/runtime-memory-floor.ts';

describe('runtimeMemoryFloorMb', () => {
  it.each<[Record<string, string>, number | undefined]>([
    [{}, undefined],
    [{ JAVA_TOOL_OPTIONS: '-Xmx512m' }, 512],
    [{ JAVA_TOOL_OPTIONS: '-XX:+UseSerialGC -Xmx1g -Xss1m' }, 1024],
    [{ JAVA_TOOL_OPTIONS: '-Xmx786432k' }, 768],
    [{ JAVA_TOOL_OPTIONS: '-Xmx536870913' }, 513],
    [{ JAVA_TOOL_OPTIONS: '-Xmx512m -Xmx700M' }, 700],
    [{ _JAVA_OPTIONS: '-Xmx300m', JAVA_TOOL_OPTIONS: '-Xmx200m' }, 300],
    [{ JAVA_TOOL_OPTIONS: '-XX:MaxRAMPercentage=80' }, undefined],
    [{ JAVA_TOOL_OPTIONS: '-Xms512m' }, undefined],
    [{ NODE_OPTIONS: '--max-old-space-size=400' }, 400],
    [{ NODE_OPTIONS: '--enable-source-maps --max_old_space_size 450' }, 450],
    [{ NODE_OPTIONS: '--max-old-space-size-percentage=50' }, undefined],
    [{ NODE_OPTIONS: '--max-semi-space-size=64' }, undefined],
    [{ SOMETHING_ELSE: '-Xmx512m' }, undefined],
  ])('reads %j as %s', (environment, floorMb) => {
    expect(runtimeMemoryFloorMb(environment)).toBe(floorMb);
  });
});
