import type { TopicReaders } from '../../../shared/clients/sns/topic-readers.ts';
import { logger } from '../../../shared/observability/logger.ts';

export interface CountReaders {
  readers: TopicReaders;
  /** Readers of the HTML digest, who need not confirm anything. */
  htmlReaderCount: number;
  publishReaders(count: number): void;
}

/**
 * Publishes how many people a digest reaches, every night, so that an alarm can tell when it is nobody.
 *
 * @param reachedHtmlReaders false where tonight's HTML mail was refused
 */
export async function countReaders(
  { readers, htmlReaderCount, publishReaders }: CountReaders,
  reachedHtmlReaders = true,
): Promise<void> {
  try {
    publishReaders((await readers.count()) + (reachedHtmlReaders ? htmlReaderCount : 0));
  } catch (error) {
    // A night is worth more than knowing who reads of it.
    logger.error('the readers of the digest could not be counted', error as Error);
  }
}
