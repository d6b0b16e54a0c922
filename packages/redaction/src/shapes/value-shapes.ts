/** A kind of key that is recognised by how it looks, whatever stands around it. */
export interface ValueShape {
  /** What the replacement shows: `[redacted github-token]`. */
  readonly name: string;
  /** A text that every match contains: a cheap test before the pattern. */
  readonly hint: string;
  /** Global pattern of linear cost: no two neighbouring parts can match the same characters. */
  readonly pattern: RegExp;
  /** Where the format is described. */
  readonly source: string;
}

const GITLEAKS = 'https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml';
const GITHUB =
  'https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns';

// Not inside a longer word; the hint of each pattern anchors it, so a long run is entered once.
const shape = (name: string, hint: string, body: string, source: string): ValueShape => ({
  name,
  hint,
  pattern: new RegExp(`(?<![A-Za-z0-9])${body}`, 'g'),
  source,
});

/** The key formats of model providers, storage services and development platforms that can be told by their look. */
export const VALUE_SHAPES: readonly ValueShape[] = [
  // Model providers
  shape(
    'google-api-key',
    'AIza',
    'AIza[\\w-]{35}',
    'https://docs.cloud.google.com/docs/authentication/api-keys',
  ),
  shape('google-auth-key', 'AQ.', 'AQ\\.[\\w-]{30,}', 'https://ai.google.dev/gemini-api/docs/api-key'),
  shape(
    'google-oauth-token',
    'ya29.',
    'ya29\\.[\\w-]{20,}',
    'https://docs.cloud.google.com/docs/authentication/token-types',
  ),
  shape('google-client-secret', 'GOCSPX-', 'GOCSPX-[\\w-]{20,}', GITHUB),
  shape('groq-api-key', 'gsk_', 'gsk_[A-Za-z0-9]{20,}', 'https://console.groq.com/keys'),
  {
    name: 'sk-api-key',
    hint: 'sk-',
    // A digit is asked for, so that a style sheet's class such as sk-fading-circle stays; the look-ahead is entered once a run.
    pattern: /(?<![\w-])sk-(?=[A-Za-z_-]*\d)[\w-]{16,}/g,
    source: 'https://platform.openai.com/docs/api-reference/authentication',
  },
  shape('huggingface-token', 'hf_', 'hf_[A-Za-z0-9]{30,}', 'https://huggingface.co/docs/hub/security-tokens'),
  shape('xai-api-key', 'xai-', 'xai-[A-Za-z0-9]{40,}', 'https://docs.x.ai/docs/overview'),
  shape('perplexity-api-key', 'pplx-', 'pplx-[A-Za-z0-9]{40,}', GITLEAKS),
  shape('replicate-token', 'r8_', 'r8_[A-Za-z0-9]{30,}', GITHUB),
  shape('nvidia-api-key', 'nvapi-', 'nvapi-[\\w-]{40,}', GITHUB),
  shape('cerebras-api-key', 'csk-', 'csk-[a-z0-9]{40,}', 'https://inference-docs.cerebras.ai/quickstart'),
  shape('langsmith-api-key', 'lsv2_', 'lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}', GITHUB),
  shape(
    'tavily-api-key',
    'tvly-',
    'tvly-[\\w-]{20,}',
    'https://docs.tavily.com/documentation/api-reference/introduction',
  ),
  // Code and package hosts
  shape('github-token', 'gh', 'gh[pousr]_[A-Za-z0-9]{30,}', GITHUB),
  shape('github-token', 'github_pat_', 'github_pat_\\w{22,}', GITHUB),
  shape(
    'gitlab-token',
    'gl',
    'gl(?:pat|dt|ptt|rt|oas|cbt|ft|soat)-[\\w-]{20,}',
    'https://docs.gitlab.com/security/tokens/',
  ),
  shape('npm-token', 'npm_', 'npm_[A-Za-z0-9]{30,}', GITHUB),
  shape('pypi-token', 'pypi-', 'pypi-[\\w-]{50,}', 'https://pypi.org/help/#apitoken'),
  shape('rubygems-key', 'rubygems_', 'rubygems_[a-f0-9]{48}', GITLEAKS),
  shape('docker-token', 'dckr_', 'dckr_(?:pat|oat)_[\\w-]{20,}', GITHUB),
  shape('atlassian-token', 'ATATT3', 'ATATT3[\\w=-]{50,}', GITLEAKS),
  shape('postman-key', 'PMAK-', 'PMAK-[a-f0-9]{24}-[a-f0-9]{34}', GITLEAKS),
  shape('linear-key', 'lin_api_', 'lin_api_[A-Za-z0-9]{32,}', GITLEAKS),
  shape('figma-token', 'figd_', 'figd_[\\w-]{20,}', GITHUB),
  // Clouds and infrastructure
  shape(
    'aws-access-key-id',
    'A',
    '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  ),
  shape('digitalocean-token', '_v1_', 'do[opr]_v1_[a-f0-9]{64}', GITLEAKS),
  shape('databricks-token', 'dapi', 'dapi[a-f0-9]{32}', GITLEAKS),
  shape(
    'vault-token',
    'hv',
    'hv[sbr]\\.[\\w-]{20,}',
    'https://developer.hashicorp.com/vault/docs/concepts/tokens',
  ),
  shape('terraform-token', '.atlasv1.', '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,}', GITLEAKS),
  shape('pulumi-token', 'pul-', 'pul-[a-f0-9]{40}', GITLEAKS),
  shape('doppler-token', 'dp.', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{40,}', GITLEAKS),
  shape('planetscale-secret', 'pscale_', 'pscale_(?:tkn|pw|oauth)_[\\w.=-]{32,}', GITLEAKS),
  shape('supabase-token', 'sb', 'sb(?:p|_secret)_[\\w-]{20,}', GITHUB),
  shape('age-secret-key', 'AGE-SECRET-KEY-', 'AGE-SECRET-KEY-1[0-9A-Z]{58}', GITLEAKS),
  shape('grafana-token', 'gl', 'gl(?:c|sa)_[\\w=+/]{32,}', GITLEAKS),
  shape('newrelic-key', 'NRAK-', 'NRAK-[A-Z0-9]{27}', GITLEAKS),
  shape('sentry-token', 'sntry', 'sntry[su]_[\\w=+/-]{40,}', GITLEAKS),
  shape('heroku-key', 'HRKU-', 'HRKU-[\\w-]{36,}', GITLEAKS),
  shape('fly-token', 'fm', 'fm[12][ar]?_[\\w=+/-]{60,}', GITLEAKS),
  // Messages and money
  shape(
    'slack-token',
    'xox',
    'xox[abeoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{10,}',
    'https://docs.slack.dev/authentication/tokens',
  ),
  shape(
    'slack-webhook',
    'hooks.slack.com',
    'hooks\\.slack\\.com/(?:services|workflows|triggers)/[\\w/-]{20,}',
    GITLEAKS,
  ),
  shape(
    'discord-webhook',
    '/api/webhooks/',
    'discord(?:app)?\\.com/api/webhooks/\\d{15,20}/[\\w-]{50,}',
    GITHUB,
  ),
  shape('telegram-token', ':AA', '\\d{8,10}:AA[\\w-]{32,34}', GITLEAKS),
  shape('stripe-key', '_', '(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{16,}', 'https://docs.stripe.com/keys'),
  shape('stripe-webhook-secret', 'whsec_', 'whsec_[A-Za-z0-9+/=]{24,}', 'https://docs.stripe.com/webhooks'),
  shape('sendgrid-key', 'SG.', 'SG\\.[\\w-]{16,64}\\.[\\w-]{16,64}', GITLEAKS),
  shape('twilio-key', 'SK', 'SK[0-9a-f]{32}(?![A-Za-z0-9])', GITLEAKS),
  shape('mailgun-key', 'key-', 'key-[0-9a-f]{32}(?![A-Za-z0-9])', GITLEAKS),
  shape('shopify-token', 'shp', 'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}', GITLEAKS),
  // Formats
  {
    name: 'jwt',
    hint: 'eyJ',
    pattern: /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
    source: 'https://www.rfc-editor.org/rfc/rfc7519',
  },
  {
    name: 'private-key',
    hint: 'PRIVATE KEY',
    // Also cut short, JSON-escaped or prefixed line by line: up to the closing line, or as far as it looks like a key.
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----)(?:[\w\s+/=\\,:|>-]|['"`][ \t]{0,4}\+\s{0,80}['"`])){0,20000}(?:-----END [A-Z0-9 ]{0,60}-----)?/g,
    source: 'https://www.rfc-editor.org/rfc/rfc7468',
  },
];

/** The names that replacements of key-shaped values show. */
export const SHAPE_NAMES: ReadonlySet<string> = new Set(VALUE_SHAPES.map(({ name }) => name));
