import * as z from 'zod/mini';
import { parseContract } from './parse.ts';

/** Other accounts and regions that a hub looks after; travels to the tasks as one JSON environment variable. */
export const organizationSettingsSchema = z.object({
  /** The hub's stack, whose name the roles of spokes begin with. */
  stackName: z.string(),
  /** A role can't be assumed across partitions, so the hub's is everybody's. */
  partition: z.string(),
  externalId: z.string(),
  /** Regions by account id. */
  regions: z.record(z.string(), z.array(z.string())),
});
export type OrganizationSettings = z.output<typeof organizationSettingsSchema>;

export const parseOrganizationSettings = (json: string): OrganizationSettings =>
  parseContract('organization settings', organizationSettingsSchema, JSON.parse(json));
