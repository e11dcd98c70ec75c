// A login of a house for tests: signs in whoever is asked for. Prints its port, then serves.
// Call: node provider.mjs ADDRESS_TO_COME_BACK_TO
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address();
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [
      {
        client_id: "gelingen",
        client_secret: "geheim-fuer-den-test",
        redirect_uris: [process.argv[2]],
      },
    ],
    claims: { email: ["email", "email_verified"], profile: ["name", "groups"] },
    cookies: { keys: ["nur-fuer-den-test"] },
    pkce: { required: () => true },
    // Groups stand in the name before the @: "mia+integration+lesende@…".
    // Who signs in as "x-unverified@…" has an address that the house does not vouch for.
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({
        sub: id.replace(/[+][^@]*/, ""),
        email: id.replace(/[+][^@]*/, ""),
        email_verified: !id.startsWith("x-unverified"),
        name: id,
        groups: id.split("@")[0].split("+").slice(1),
      }),
    }),
  });
  server.on("request", provider.callback());
  console.log(port);
});
