import * as v from 'valibot';
import { parseContract } from './parse.ts';
import { record } from './typed-values.ts';

/** Other accounts and regions that a hub looks after; travels to the tasks as one JSON environment variable. */
export const organizationSettingsSchema = v.object({
  /** The hub's stack, whose name the roles of spokes begin with. */
  stackName: v.string(),
  /** A role can't be assumed across partitions, so the hub's is everybody's. */
  partition: v.string(),
  externalId: v.string(),
  /** Regions by account id. */
  regions: record(v.string(), v.array(v.string())),
});
export type OrganizationSettings = v.InferOutput<typeof organizationSettingsSchema>;

export const parseOrganizationSettings = (json: string): OrganizationSettings =>
  parseContract('organization settings', organizationSettingsSchema, JSON.parse(json));
