import { Duration, SecretValue } from 'aws-cdk-lib';
import {
  ApiDestination,
  Authorization,
  Connection,
  EventField,
  HttpParameter,
  Rule,
  RuleTargetInput,
} from 'aws-cdk-lib/aws-events';
import { ApiDestination as ApiDestinationTarget } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { EVENT_SOURCE } from '../../../shared/constants.ts';
import { ALARMING_KINDS } from '../../../shared/domain/approval/notifications/compose-notifications.ts';
import { FAILED_OUTCOMES, TOLD_OUTCOMES } from '../../../shared/domain/remediation/outcomes.ts';
import { DeadLetterQueue } from '../dead-letter-queue.ts';

/** @see https://developer.pagerduty.com/docs/events-api-v2/trigger-events/ */
const PAGER_DUTY_EVENTS_V2 = 'https://events.pagerduty.com/v2/enqueue';
/** Slack takes about a message a second and webhook; a night sends a handful. */
const CALLS_PER_SECOND = 1;
/** A message a day late is noise; EventBridge itself would go on for a day. */
const DELIVER_WITHIN = Duration.hours(4);

export interface NotificationChannelsProps {
  /** Name of the secret that holds the URL of a Slack incoming webhook. @default - no Slack */
  readonly slackSecretName?: string | undefined;
  /** Name of the secret that holds a PagerDuty integration key. @default - no PagerDuty */
  readonly pagerDutySecretName?: string | undefined;
  /** Whether approval events carry the page's link. */
  readonly linkInEvents: boolean;
}

/** What happened, as the events' detail types and patterns say it. */
const APPROVALS = { detailType: ['Rightsizer Approvals Requested'] };
const RUN_FAILED = { detailType: ['Rightsizer Run Failed'] };
/** What somebody should hear of at once; what cleared by itself or was ignored the ledger tells. */
const REMEDIATIONS = { detailType: ['Remediation Outcome'], detail: { outcome: [...TOLD_OUTCOMES] } };
const REMEDIATIONS_IN_VAIN = { detailType: ['Remediation Outcome'], detail: { outcome: [...FAILED_OUTCOMES] } };
const CHANGE_UNDONE = { detailType: ['Rightsizer Change Outcome'], detail: { kind: [...ALARMING_KINDS] } };

/**
 * Slack and PagerDuty, fed by events on the account's own bus through EventBridge API destinations. Slack hears of
 * approvals, failed runs, undone changes and remediations; PagerDuty of what somebody has to look at, which approvals
 * and alarms that were helped are not.
 */
export class NotificationChannels extends Construct {
  /** What a channel did not take; absent where there is none. */
  readonly deadLetterQueue: DeadLetterQueue | undefined;

  constructor(scope: Construct, id: string, props: NotificationChannelsProps) {
    super(scope, id);
    const { slackSecretName, pagerDutySecretName } = props;
    if (slackSecretName === undefined && pagerDutySecretName === undefined) return;
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters');
    if (slackSecretName !== undefined) this.addSlack(slackSecretName, props.linkInEvents);
    if (pagerDutySecretName !== undefined) this.addPagerDuty(pagerDutySecretName);
  }

  /** The webhook's address is its only secret, so the template names it by a reference that CloudFormation resolves. */
  private addSlack(secretName: string, linkInEvents: boolean): void {
    const destination = new ApiDestination(this, 'Slack', {
      connection: new Connection(this, 'SlackConnection', {
        description: 'Slack incoming webhook; EventBridge wants a header, Slack reads none',
        authorization: Authorization.apiKey('X-Sender', SecretValue.unsafePlainText('Rightsizer')),
      }),
      endpoint: SecretValue.secretsManager(secretName).unsafeUnwrap(),
      rateLimitPerSecond: CALLS_PER_SECOND,
    });
    this.route('SlackApprovals', APPROVALS, destination, slackMessage(linkInEvents));
    this.route('SlackRunFailed', RUN_FAILED, destination, slackMessage(false));
    this.route('SlackChangeUndone', CHANGE_UNDONE, destination, slackMessage(false));
    this.route('SlackRemediation', REMEDIATIONS, destination, slackMessage(false));
  }

  /** The integration key goes into the body, where the Events API reads it; EventBridge adds it on the way out. */
  private addPagerDuty(secretName: string): void {
    const key = SecretValue.secretsManager(secretName);
    const destination = new ApiDestination(this, 'PagerDuty', {
      connection: new Connection(this, 'PagerDutyConnection', {
        description: 'PagerDuty Events API v2',
        authorization: Authorization.apiKey('X-Routing-Key', key),
        bodyParameters: { routing_key: HttpParameter.fromSecret(key) },
      }),
      endpoint: PAGER_DUTY_EVENTS_V2,
      rateLimitPerSecond: CALLS_PER_SECOND,
    });
    this.route('PagerDutyRunFailed', RUN_FAILED, destination, pagerDutyEvent('error', 'runId'));
    this.route('PagerDutyChangeUndone', CHANGE_UNDONE, destination, pagerDutyEvent('warning', 'runId'));
    this.route('PagerDutyRemediation', REMEDIATIONS_IN_VAIN, destination, pagerDutyEvent('error', 'remediationId'));
  }

  private route(
    id: string,
    what: { detailType: string[]; detail?: Record<string, string[]> },
    destination: ApiDestination,
    message: Record<string, unknown>,
  ): void {
    new Rule(this, id, {
      eventPattern: { source: [EVENT_SOURCE], ...what },
      targets: [
        new ApiDestinationTarget(destination, {
          event: RuleTargetInput.fromObject(message),
          deadLetterQueue: this.deadLetterQueue!,
          maxEventAge: DELIVER_WITHIN,
        }),
      ],
    });
  }
}

const TITLE = '$.detail.notification.title';
const TEXT = '$.detail.notification.text';

/**
 * An incoming webhook's message. Variables stand for whole values, never inside a string, because EventBridge escapes
 * nothing there; `plain_text` shows failure causes as they are, whatever markup they hold.
 * @see https://api.slack.com/messaging/webhooks
 */
function slackMessage(withLink: boolean): Record<string, unknown> {
  const section = (type: string, path: string) => ({
    type: 'section',
    text: { type, text: EventField.fromPath(path) },
  });
  return {
    text: EventField.fromPath(TITLE),
    unfurl_links: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: EventField.fromPath(TITLE) } },
      section('plain_text', TEXT),
      ...(withLink ? [section('mrkdwn', '$.detail.link')] : []),
    ],
  };
}

/**
 * `id` names what the event is about: a variable without a value would leave a hole in the JSON.
 * @see https://developer.pagerduty.com/docs/events-api-v2/trigger-events/
 */
function pagerDutyEvent(severity: 'error' | 'warning', id: 'runId' | 'remediationId'): Record<string, unknown> {
  return {
    event_action: 'trigger',
    dedup_key: EventField.fromPath('$.detail.notification.dedupKey'),
    client: 'Rightsizer',
    payload: {
      summary: EventField.fromPath(TITLE),
      source: EventField.fromPath('$.account'),
      severity,
      timestamp: EventField.fromPath('$.time'),
      component: 'Rightsizer',
      class: EventField.fromPath('$.detail-type'),
      custom_details: {
        text: EventField.fromPath(TEXT),
        [id]: EventField.fromPath(`$.detail.${id}`),
        region: EventField.fromPath('$.region'),
      },
    },
  };
}
