import type { FunctionOwner } from '../../../contracts/manifest.ts';

type Tags = Readonly<Record<string, string>>;

/** CloudFormation puts these on every resource it makes that can be tagged. */
const STACK_NAME_TAG = 'aws:cloudformation:stack-name';
const LOGICAL_ID_TAG = 'aws:cloudformation:logical-id';
/** The SAM transform puts `lambda:createdBy: SAM` on its functions. */
const SAM_TAG = 'lambda:createdBy';
/** CDK ends a logical id with eight hexadecimal digits of a hash over the construct's path; people rarely do. */
const CDK_LOGICAL_ID = /[0-9A-F]{8}$/;
/** Terraform tags nothing by itself; teams name it under one of these keys, or use its name as the key. */
const TOOL_KEYS = ['managed-by', 'managedby', 'managed_by', 'provisioner', 'created-by', 'createdby', 'iac', 'tool'];
/** Keys under which teams write their name, the surest first. */
const TEAM_KEYS = ['team', 'owner', 'squad', 'owned-by', 'ownedby', 'contact'];

/** Who keeps the function's configuration as code, by its tags: a heuristic, used for wording and patches only. */
export function functionOwner(tags: Tags): FunctionOwner {
  const stackName = tags[STACK_NAME_TAG];
  const logicalId = tags[LOGICAL_ID_TAG];
  const team = firstValue(tags, TEAM_KEYS);
  return {
    tool: toolOf(tags, stackName, logicalId),
    ...(stackName && { stackName }),
    ...(logicalId && { logicalId }),
    ...(team && { team }),
  };
}

function toolOf(tags: Tags, stackName: string | undefined, logicalId: string | undefined): FunctionOwner['tool'] {
  if (tags[SAM_TAG] === 'SAM') return 'sam';
  if (stackName !== undefined) return CDK_LOGICAL_ID.test(logicalId ?? '') ? 'cdk' : 'cloudformation';
  return isTerraform(tags) ? 'terraform' : 'unknown';
}

function isTerraform(tags: Tags): boolean {
  const named = firstValue(tags, TOOL_KEYS)?.toLowerCase() ?? '';
  if (/terraform|opentofu/.test(named)) return true;
  const flag = firstValue(tags, ['terraform', 'opentofu']);
  return flag !== undefined && flag.toLowerCase() !== 'false';
}

/** Value of the first of `keys` that is there, whatever its case. */
function firstValue(tags: Tags, keys: readonly string[]): string | undefined {
  const byKey = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));
  const key = keys.find((each) => byKey.get(each));
  return key === undefined ? undefined : byKey.get(key);
}
