import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { Place } from '../../domain/organization/place.ts';
import { TransientError } from '../../errors.ts';
import { callAws, isNamed, listOf } from '../aws-call.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';

export type TagsByArn = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Tags of every tagged function of an account and region at once, instead of one ListTags per function out of Lambda's 15 calls a second. */
export interface FunctionTags {
  /** By unqualified function ARN; a function without tags is missing. */
  listFunctionTags(place?: Place): Promise<TagsByArn>;
}

const PERMISSION = 'tag:GetResources';
/** The API's largest page. */
const PAGE_SIZE = 100;

export function createFunctionTags(clients: PlaceClients = HERE): FunctionTags {
  return {
    listFunctionTags: async (place) => {
      const tagging = clients.at(ResourceGroupsTaggingAPIClient, place);
      const tags = new Map<string, Record<string, string>>();
      let token: string | undefined;
      do {
        const page = await getPage(tagging, token);
        for (const each of listOf(PERMISSION, page.ResourceTagMappingList)) {
          if (each.ResourceARN === undefined) continue;
          tags.set(
            each.ResourceARN,
            Object.fromEntries((each.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
          );
        }
        token = page.PaginationToken;
      } while (token);
      return tags;
    },
  };
}

async function getPage(tagging: ResourceGroupsTaggingAPIClient, token: string | undefined) {
  const input = {
    ResourceTypeFilters: ['lambda:function'],
    ResourcesPerPage: PAGE_SIZE,
    ...(token && { PaginationToken: token }),
  };
  try {
    return await callAws(PERMISSION, () => tagging.send(new GetResourcesCommand(input)));
  } catch (error) {
    if (!isNamed(error, ['PaginationTokenExpiredException'])) throw error;
    throw new TransientError(`${PERMISSION} let its page token expire; the listing starts anew`, { cause: error });
  }
}
