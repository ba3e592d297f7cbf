import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acceptFinding } from '../accepted-finding.ts';

/** No path: the link's id in it opens the page, so it must not be readable in a log. */
const ACCESS_LOG_FIELDS = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  sourceIp: '$context.identity.sourceIp',
  error: '$context.integrationErrorMessage',
};

export interface ApprovalApiProps {
  readonly requestsPerSecond: number;
  readonly burst: number;
  /** Issuer that approvers sign in with. @default - the link alone opens the page */
  readonly oidcIssuer?: string | undefined;
  readonly logRetention: RetentionDays;
}

/**
 * Where the digest's link leads. A browser cannot sign its request, so the routes are open: the random link id is the
 * key, and only a POST with the page's nonce decides anything. Where an issuer is configured, the function itself asks
 * for a sign-in besides; API Gateway's JWT authorizer wants a header that a link cannot bring.
 */
export class ApprovalApi extends Construct {
  /** Serves the operators' routes as well (operator-api.ts). */
  readonly api: HttpApi;
  private readonly signsIn: boolean;

  constructor(scope: Construct, id: string, props: ApprovalApiProps) {
    super(scope, id);
    this.signsIn = props.oidcIssuer !== undefined;
    this.api = new HttpApi(this, 'Api', {
      description: "Approval page of Rightsizer's nights",
      createDefaultStage: false,
    });
    acceptFinding(this.api, 'AwsSolutions-APIG4', 'A link in a mail cannot sign its request; its random id is the key');
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: props.requestsPerSecond, burstLimit: props.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', { retention: props.logRetention, removalPolicy: RemovalPolicy.DESTROY }),
        ),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      },
    });
  }

  /** Base URL of the page, without a slash at the end. */
  get baseUrl(): string {
    return this.api.apiEndpoint;
  }

  /** The function renders the page on GET, which never changes anything, and takes decisions by POST. */
  serveBy(decide: IFunction): void {
    const integration = new HttpLambdaIntegration('Decide', decide);
    this.api.addRoutes({ path: '/runs/{linkId}', methods: [HttpMethod.GET], integration });
    this.api.addRoutes({ path: '/runs/{linkId}/report', methods: [HttpMethod.GET], integration });
    this.api.addRoutes({ path: '/runs/{linkId}/since-the-beginning', methods: [HttpMethod.GET], integration });
    this.api.addRoutes({ path: '/runs/{linkId}/decisions', methods: [HttpMethod.POST], integration });
    if (!this.signsIn) return;
    this.api.addRoutes({ path: '/signed-in', methods: [HttpMethod.GET], integration });
    this.api.addRoutes({ path: '/runs/{linkId}/sign-out', methods: [HttpMethod.POST], integration });
  }
}
