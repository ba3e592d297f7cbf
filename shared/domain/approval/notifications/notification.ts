/**
 * What a channel other than mail shows. It travels inside events, so that the rules that hand it on only have to copy
 * whole values: EventBridge's input transformer escapes nothing that it puts inside a string.
 */
export interface Notification {
  /** One line, printable ASCII without `<`, `>` and `&`, which Slack reads as markup. */
  title: string;
  text: string;
  /** Alike for everything that is about the same thing, so that an incident is opened once. */
  dedupKey: string;
}

/** Slack's header block takes 150 characters, its section 3,000; PagerDuty's summary 1,024. */
const TITLE_MAX_CHARS = 150;
const TEXT_MAX_CHARS = 2_900;
/** PagerDuty's dedup_key. */
const KEY_MAX_CHARS = 255;

export function notification(title: string, text: string, dedupKey: string): Notification {
  return {
    title: title.replace(/[^\x20-\x7e]|[<>&]/g, '?').slice(0, TITLE_MAX_CHARS),
    text: text.length <= TEXT_MAX_CHARS ? text : `${text.slice(0, TEXT_MAX_CHARS)}...`,
    dedupKey: `rightsizer/${dedupKey}`.slice(0, KEY_MAX_CHARS),
  };
}
