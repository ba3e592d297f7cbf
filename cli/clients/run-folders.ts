import { listNames } from '../../shared/clients/artifacts/list-names.ts';

/** Ids of every run that still has objects in the run bucket, in no particular order. */
export const listRunIds = (bucket: string): Promise<string[]> => listNames(bucket, 'runs/');
