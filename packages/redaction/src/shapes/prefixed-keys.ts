const GITLEAKS = 'https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml';
const GITHUB =
  'https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns';

/** One line for each kind of key: its name, the texts it begins with, and what follows them, as a pattern of linear cost. */
const KEYS = [
  {
    source: GITHUB,
    lines: String.raw`
      google-auth-key AQ. [\w-]{30,}
      google-oauth-token ya29. [\w-]{20,}
      google-refresh-token 1//0 [\w-]{30,}
      google-oauth-code 4/0A [\w-]{40,}
      google-client-secret GOCSPX- [\w-]{20,}
      groq-api-key gsk_ [A-Za-z0-9]{20,}
      huggingface-token hf_ api_org_ [A-Za-z0-9]{30,}
      xai-api-key xai- [A-Za-z0-9]{40,}
      perplexity-api-key pplx- [A-Za-z0-9]{40,}
      replicate-token r8_ [A-Za-z0-9]{30,}
      nvidia-api-key nvapi- [\w-]{40,}
      cerebras-api-key csk- [a-z0-9]{40,}
      fireworks-api-key fw_ (?=[a-zA-Z]*\d)[A-Za-z0-9]{22,}
      pinecone-api-key pcsk_ \w{40,}
      jina-api-key jina_ [\w-]{40,}
      together-api-key tgp_v1_ [\w-]{30,}
      wandb-api-key wandb_v1_ [\w-]{30,}
      langsmith-api-key lsv2_pt_ lsv2_sk_ [a-f0-9]{32}_[a-f0-9]{10}
      tavily-api-key tvly- (?=[A-Za-z-]*\d)[\w-]{20,}
      github-token ghp_ gho_ ghu_ ghs_ ghr_ [A-Za-z0-9]{30,}
      github-token github_pat_ \w{22,}
      npm-token npm_ (?=[A-Za-z]*\d)[A-Za-z0-9]{30,}
      pypi-token pypi- (?=[A-Za-z-]*\d)[\w-]{50,}
      docker-token dckr_pat_ dckr_oat_ [\w-]{20,}
      figma-token figd_ figo_ figor_ [\w-]{20,}
      bitbucket-token ATBB (?=[A-Za-z]*\d)[A-Za-z0-9]{28,}
      bitbucket-token BBDC- [\w+/=]{40,}
      linear-key lin_api_ lin_oauth_ [A-Za-z0-9]{32,}
      netlify-token nfp_ nfo_ nfc_ nfb_ nfu_ [A-Za-z0-9]{36,}
      vercel-token vcp_ vci_ vca_ vcr_ vck_ [A-Za-z0-9]{24,}
      render-key rnd_ (?=[A-Za-z]*\d)[A-Za-z0-9]{28,}
      tailscale-key tskey-api- tskey-auth- tskey-client- tskey-scim- tskey-webhook- [\w-]{20,}
      supabase-token sbp_ sb_secret_ [\w-]{20,}
      neon-key napi_ [a-z0-9]{50,}
      cloudflare-token cfat_ cfut_ cfk_ [\w-]{40,}
      buildkite-token bkua_ bkaj_ bkct_ bkpt_ [a-f0-9]{40}
      circleci-token CCIPAT_ CCIPRJ_ [A-Za-z0-9]{20,}_[a-f0-9]{40}
      contentful-token CFPAT- [\w-]{40,}
      crates-io-token cio (?=[A-Za-z]*\d)[A-Za-z0-9]{32}(?![A-Za-z0-9])
      nuget-key oy2 (?=[a-z]*\d)[a-z0-9]{43}(?![A-Za-z0-9])
      elastic-key essu_ [\w=+/]{40,}
      mongodb-atlas-key mdb_sa_sk_ [\w-]{30,}
      hubspot-token pat-na1- pat-na2- pat-eu1- [a-f0-9-]{36}
      launchdarkly-key sdk- mob- [a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}
      mailersend-key mlsn. [a-f0-9]{60,}
      resend-key re_ [A-Za-z0-9]{6,10}_[A-Za-z0-9]{20,}
      posthog-key phx_ [A-Za-z0-9]{40,}
      inngest-key signkey- [\w-]{20,}
      trigger-key tr_dev_ tr_prod_ tr_stg_ [A-Za-z0-9]{20,}
      plaid-token access-sandbox- access-development- access-production- [a-f0-9-]{36}
      razorpay-key rzp_live_ rzp_test_ [A-Za-z0-9]{14,}
      braintree-token access_token$ [a-z]{4,12}\$[a-z0-9]{10,}\$[a-f0-9]{30,}
      shopify-token shpat_ shpca_ shppa_ shpss_ shptka_ [A-Fa-f0-9]{32}
      slack-token xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- xoxe.xoxb- xoxe.xoxp- (?=[A-Za-z-]*\d)[A-Za-z0-9-]{10,}
      slack-token xapp- \d-[A-Z0-9]{6,}-\d{6,}-[a-f0-9]{16,}
      stripe-key sk_live_ sk_test_ sk_prod_ sk_sbox_ rk_live_ rk_test_ rk_prod_ [A-Za-z0-9]{16,}
      stripe-webhook-secret whsec_ [\w+/=]{24,}
      twitch-token oauth: [a-z0-9]{30}(?![A-Za-z0-9])
      tencent-key-id AKID (?=[A-Za-z]*\d)[A-Za-z0-9]{32}(?![A-Za-z0-9])
      yandex-token y0_ [\w-]{50,}
      yandex-key AQVN [\w-]{35,38}(?![\w-])
      yandex-token t1. [\w-]{8,}={0,2}\.[\w-]{80,}={0,2}
      sonar-token sqp_ squ_ sqa_ [a-f0-9]{40}
      instagram-token IGQ (?=[A-Za-z]*\d)[\w-]{100,}
    `,
  },
  {
    source: GITLEAKS,
    lines: String.raw`
      google-api-key AIza [\w-]{35}
      onepassword-key ops_eyJ [\w+/=-]{100,}
      onepassword-key A3- [A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}
      adobe-client-secret p8e- [a-zA-Z0-9]{32}
      age-secret-key AGE-SECRET-KEY-1 [0-9A-Z]{58}
      alibaba-key-id LTAI (?=[A-Za-z]*\d)[A-Za-z0-9]{16,24}(?![A-Za-z0-9])
      artifactory-key AKCp [A-Za-z0-9]{60,}
      artifactory-token cmVmd [A-Za-z0-9]{55,}
      atlassian-token ATATT3 ATCTT3 [\w=-]{50,}
      aws-access-key-id AKIA ASIA ABIA ACCA [A-Z0-9]{16}(?![A-Za-z0-9])
      aws-bedrock-key ABSK bedrock-api-key- [A-Za-z0-9+/]{30,}={0,2}
      clickhouse-key 4b1d (?=[a-z]*[A-Z0-9])[A-Za-z0-9]{38}(?![A-Za-z0-9])
      clojars-token CLOJARS_ [A-Za-z0-9]{50,}
      cloudflare-key v1.0- [a-f0-9]{24}-[a-f0-9]{140,}
      databricks-token dapi [a-f0-9]{32}
      digitalocean-token dop_v1_ doo_v1_ dor_v1_ [a-f0-9]{64}
      doppler-token dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit. [\w.-]{40,}
      dropbox-token sl. (?=[\w-]{0,40}\d)[\w=-]{60,}
      duffel-token duffel_live_ duffel_test_ [\w=-]{40,}
      dynatrace-token dt0c01. dt0s01. [A-Za-z0-9]{24}\.[A-Za-z0-9]{64}
      easypost-key EZAK EZTK (?=[A-Za-z]*\d)[A-Za-z0-9]{54}
      facebook-token EAA [A-Za-z0-9]{90,}
      square-token EAAA sq0atp- sq0csp- [\w-]{22,}
      flutterwave-key FLWSECK_TEST- FLWSECK- [\w-]{12,}
      fly-token fo1_ fm1a_ fm1r_ fm1_ fm2_ [\w=+/-]{40,}
      frameio-token fio-u- [\w=-]{60,}
      gitlab-token glpat- gldt- glptt- glrt- gloas- glcbt- glft- glsoat- glffct- glimt- glagent- [\w.-]{20,}
      gitlab-token GR1348941 [\w-]{20,}
      grafana-token glc_ glsa_ [\w=+/]{32,}
      grafana-token eyJrIjoi [A-Za-z0-9+/]{60,}={0,2}
      harness-key pat. sat. [\w-]{22}\.[A-Za-z0-9]{24}\.[A-Za-z0-9]{20}
      heroku-key HRKU- [\w-]{36,}
      infracost-key ico- (?=[A-Za-z]*\d)[A-Za-z0-9]{32}
      intra42-secret s-s4t2ud- s-s4t2af- [a-f0-9]{64}
      mailgun-key key- [0-9a-f]{32}(?![A-Za-z0-9])
      mapbox-token sk.eyJ [\w.-]{40,}
      newrelic-key NRAK- NRII- NRIQ- NRRA- [A-Za-z0-9-]{27,}
      newrelic-key NRJS- [a-f0-9]{19}
      notion-token ntn_ [A-Za-z0-9]{40,}
      notion-token secret_ (?=[A-Za-z]*\d)[A-Za-z0-9]{43}(?![A-Za-z0-9])
      octopus-key API- (?=[A-Z]*\d)[A-Z0-9]{26}(?![A-Za-z0-9])
      openshift-token sha256~ [\w-]{43}
      planetscale-secret pscale_tkn_ pscale_pw_ pscale_oauth_ [\w.=-]{32,}
      postman-key PMAK- [a-f0-9]{24}-[a-f0-9]{34}
      prefect-key pnu_ pnb_ [A-Za-z0-9]{36}
      pulumi-token pul- [a-f0-9]{40}
      readme-key rdme_ [a-z0-9]{60,}
      rubygems-key rubygems_ [a-f0-9]{48}
      scalingo-token tk-us- [\w-]{48}
      sendgrid-key SG. [\w-]{16,64}\.[\w-]{16,64}
      brevo-key xkeysib- xsmtpsib- [a-f0-9]{64}-[A-Za-z0-9]{16}
      sentry-token sntrys_ sntryu_ [\w=+/-]{40,}
      settlemint-token sm_aat_ sm_pat_ sm_sat_ [A-Za-z0-9]{16}
      shippo-token shippo_live_ shippo_test_ [a-fA-F0-9]{40}
      sourcegraph-token sgp_ (?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}
      typeform-token tfp_ [\w.=-]{50,}
      twilio-key SK0 SK1 SK2 SK3 SK4 SK5 SK6 SK7 SK8 SK9 SKa SKb SKc SKd SKe SKf [0-9a-f]{31}(?![A-Za-z0-9])
      vault-token hvs. hvb. hvr. [\w-]{20,}
      defined-networking-key dnkey- [\w=-]{26}-[\w=-]{52}
    `,
  },
] as const;

/** A line of the table. */
export interface PrefixedKey {
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly rest: string;
  readonly source: string;
}

/** The kinds of keys that begin with a text of their own. */
export const PREFIXED_KEYS: readonly PrefixedKey[] = KEYS.flatMap(({ source, lines }) =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', ...others] = line.trim().split(' ');
      return { name, prefixes: others.slice(0, -1), rest: others.at(-1) ?? '', source };
    }),
);
