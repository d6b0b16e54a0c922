import { linesOf } from './expand-sample.js';

/** Texts in which a made-up secret without a look of its own is told by its place. */
export const PLACE_TEMPLATES: readonly string[] = linesOf(String.raw`
  { pass: '{a16}' }
  { user: 'app', pwd: '{a16}' }
  { host: 'db1', pw: '{a16}', port: 5432 }
  { auth: '{a20}' }
  {"auth":"{a20}","name":"app"}
  {"pass":"{a12}"}
  { "pwd" : "{a12}" }
  {"pw":"{a12}","x":1}
  auth: { user: 'app', pass: '{a16}' }
  password={a12}
  password: {a12}
  PASSWORD="{a12}"
  --password {a12}
  --password={a12}
  --token {a20}
  --api-key={a20}
  --secret-access-key {a40}
  mysql -u root -p{a12} shop
  mysql --user=root -p'{a12}' shop
  mysqldump -h db1 -p"{a12}" shop
  psql: PGPASSWORD={a12} psql -h db1
  redis-cli -h db1 -a {a16} ping
  redis-cli --pass {a16} ping
  mongosh --username app --password {a16}
  sshpass -p {a16} ssh app@host
  docker login -u app -p {a16} registry.test
  docker login --username app --password {a16}
  curl -u app:{a16} https://host/path
  curl --user "app:{a16}" https://host/path
  curl -u 'app:{a16}' https://host/path
  curl -sSfu app:{a16} https://host/path
  curl -H "Authorization: Bearer {a24}" https://host
  curl -H 'X-Api-Key: {a24}' https://host
  curl --header "PRIVATE-TOKEN: {a20}" https://host
  curl --proxy-user app:{a16} https://host
  wget --http-password={a16} https://host
  wget --header="Authorization: Basic {a24}" https://host
  http -a app:{a16} https://host
  Authorization: Bearer {a32}
  authorization: Basic {a32}
  Authorization: Token {a40}
  Authorization: ApiKey {a40}
  Authorization: {a40}
  Authorization: Digest username="app", realm="x", nonce="{h32}", uri="/", response="{h32}"
  WWW-Authenticate: Digest realm="x", nonce="{h32}", opaque="{h32}"
  Authorization: AWS4-HMAC-SHA256 Credential=AKIA{u16}/20260101/eu/s3/aws4_request, Signature={h64}
  Proxy-Authorization: Basic {a32}
  Cookie: session={a32}; theme=dark
  Set-Cookie: sid={a32}; HttpOnly; Path=/
  X-API-Key: {a32}
  x-goog-api-key: {a39}
  X-Auth-Token: {a32}
  X-Amz-Security-Token: {a80}
  X-Vault-Token: {a32}
  X-Typesense-Api-Key: {a32}
  X-CSRF-Token: {a32}
  Ocp-Apim-Subscription-Key: {h32}
  api-key: {a32}
  [ 'Host', 'db1', 'Authorization', 'Bearer {a32}' ]
  ["Host","db1","X-Api-Key","{a32}"]
  [ 'Cookie', 'a={a32}', 'Accept', '*/*' ]
  rawHeaders: [ 'x-auth-token', '{a24}', 'Accept', '*/*' ]
  [["authorization","{a24}"],["accept","*/*"]]
  { name: 'Authorization', value: 'Bearer {a24}' }
  {"key":"api_key","value":"{a24}"}
  //registry.test/:_authToken={a36}
  //registry.test/:_password={a24}
  _auth={a32}
  //registry.test/:_auth={a32}
  npm_config__auth={a32}
  machine host login app password {a16}
  default login app password {a16}
  db1:5432:shop:app:{a16}
  redis://:{a16}@db1:6379/0
  rediss://app:{a16}@db1:6379
  postgres://app:{a16}@db1/shop
  postgresql://app:{a16}@db1,db2:5433/shop?sslmode=require
  postgresql+asyncpg://app:{a16}@db1/shop
  mysql://app:{a16}@db1:3306/shop
  mongodb+srv://app:{a16}@cluster0.test/shop
  amqp://app:{a16}@mq:5672/%2F
  neo4j+s://neo4j:{a16}@db1
  bolt://neo4j:{a16}@db1:7687
  ftp://app:{a16}@host/file
  smtp://app:{a16}@mail:587
  https://{a20}@sentry.test/12
  https://app:{a16}@git.test/x.git
  https://oauth2:{a20}@git.test/x.git
  https://x-access-token:{a20}@git.test/x.git
  http://app:{a16}@proxy:3128
  clickhouse://app:{a16}@db1:9000/shop
  jdbc:postgresql://db1/shop?user=app&password={a16}
  jdbc:mysql://app:{a16}@db1/shop
  jdbc:sqlserver://db1;user=app;password={a16};encrypt=true
  jdbc:oracle:thin:app/{a16}@db1:1521/shop
  Server=db1;Database=shop;User Id=app;Password={a16};
  Server=db1;Uid=app;Pwd={a16};
  DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={a64}==;EndpointSuffix=test
  Endpoint=sb://x.test/;SharedAccessKeyName=Root;SharedAccessKey={a43}=
  host=db1 port=5432 user=app password={a16} dbname=shop
  host=db1 password='{a16}' dbname=shop
  app:{a16}@tcp(db1:3306)/shop
  app:{a16}@db1:5432/shop
  root:{a16}@unix(/run/mysqld.sock)/shop
  data source=db1;user id=app;password={a16}
  dsn: app:{a16}@db1/shop
  https://host/path?api_key={a24}
  https://host/path?key={a24}&x=1
  https://host/path?x=1&access_token={a24}
  https://host/path?token={a24}#top
  https://host/path?sig={a43}%3D&se=2026
  https://host/path?X-Amz-Signature={h64}&X-Amz-Expires=60
  https://host/path?X-Goog-Signature={h64}
  https://host/callback?code={a40}&state=x
  https://host/path?auth={a24}
  https://host/cb#access_token={a40}&token_type=bearer
  https://host/go?to=https%3A%2F%2Fh%2F%3Fapi_key%3D{a24}
  https://host/go?to=https%3A%2F%2Fapp%3A{a16}%40h%2Fx
  https://host/go?to=https://app:{a16}@h/x
  https://host/go?next=%2Fx%3Ftoken%3D{a24}%26y%3D1
  https://host/go?u=https%253A%252F%252Fh%252F%253Ftoken%253D{a24}
  https://api.telegram.org/bot{d10}:AA{a33}/sendMessage
  client_id=app&client_secret={a32}&grant_type=client_credentials
  grant_type=password&username=app&password={a16}
  refresh_token={a40}&grant_type=refresh_token
  username=app&pass={a16}
  user=app&pwd={a16}&go=1
  {"access_token":"{a40}","expires_in":3600}
  {"refresh_token":"{a40}"}
  {"id_token":"{a40}"}
  {"client_secret":"{a40}"}
  {"private_key_id":"{h40}","type":"service_account"}
  {"secretAccessKey":"{a40}"}
  {"SecretAccessKey": "{a40}", "SessionToken": "{a60}"}
  {\"password\":\"{a16}\"}
  "{\"token\":\"{a24}\"}"
  {\\\"apiKey\\\":\\\"{a24}\\\"}
  {"kty":"RSA","n":"x","d":"{a43}"}
  {"kty":"oct","k":"{a43}"}
  {"kty":"EC","crv":"P-256","d":"{a43}"}
  {&quot;password&quot;:&quot;{a16}&quot;}
  <password>{a16}</password>
  <Password>{a16}</Password>
  <wsse:Password Type="PasswordText">{a16}</wsse:Password>
  <apiKey>{a24}</apiKey>
  <server><username>app</username><password>{a16}</password></server>
  <add key="Password" value="{a16}" />
  <add key="ClearTextPassword" value="{a16}"/>
  <property name="password" value="{a16}"/>
  <property name="hibernate.connection.password">{a16}</property>
  <user name="app" password="{a16}"/>
  <connectionString>Server=db1;Password={a16}</connectionString>
  &lt;password&gt;{a16}&lt;/password&gt;
  <input type="password" name="password" value="{a16}">
  <input name="csrf_token" type="hidden" value="{a32}">
  <meta name="csrf-token" content="{a32}">
  Content-Disposition: form-data; name="password"\r\n\r\n{a16}\r\n--x
  Content-Disposition: form-data; name="api_key"\n\n{a24}\n--x--
  form-data; name=\"token\"\\r\\n\\r\\n{a24}\\r\\n
`);
