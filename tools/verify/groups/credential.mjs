import { lintProblems } from '../lint.mjs';
import { unless } from '../line.mjs';

const SECRET = /secret|token|password|certificate|(subscription|private|api)key$/i;
const HOSTS =
	/^https:\/\/(api|apitest)\.vipps\.no$|^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]|host\.docker\.internal)(:\d+)?$/;

const ofEach = (credentials, check) =>
	credentials.flatMap((credential) =>
		check(credential).map((problem) => `${credential.name}: ${problem}`),
	);

const isExpirable = ({ typeOptions }) => typeOptions?.expirable === true;

/** Keys as somebody would enter them. */
const keysFor = (type, values) => ({
	...Object.fromEntries(type.properties.map(({ name, default: value }) => [name, value])),
	clientId: 'an-id',
	clientSecret: 'for checks only',
	subscriptionKey: 'for checks only',
	accessToken: 'for checks only',
	...values,
});

/** @type {import('../line.mjs').Line[]} */
export const credentialLines = [
	{
		id: 'K1',
		text: "credentials are called …Api, in files of their classes' names, with two icons and a link to documentation",
		check: async (subject) => [
			...ofEach(subject.credentials, ({ name, type }) => [
				...unless(/Api$/.test(name) && /Api$/.test(type.name), `it is called ${type.name}`),
				...unless(
					type.name === name[0].toLowerCase() + name.slice(1),
					'the class and the type have different names',
				),
				...unless(/\bAPI\b/.test(type.displayName), `it is shown as ${type.displayName}`),
				...unless(
					type.icon?.light && type.icon.dark && type.icon.light !== type.icon.dark,
					'an icon is missing',
				),
				...unless(/^https:\/\/./.test(type.documentationUrl), 'there is no documentation'),
			]),
			...(await lintProblems(
				subject,
				'cred-class-field-icon-missing',
				'credential-documentation-url',
				/cred-(class|filename)/,
			)),
		],
	},
	{
		id: 'K2',
		text: 'secrets are masked, and nothing else is',
		check: async (subject) => [
			...ofEach(subject.credentials, ({ type: { properties } }) =>
				properties
					.filter(({ name, typeOptions }) => SECRET.test(name) !== Boolean(typeOptions?.password))
					.map(({ name }) => `${name} is ${SECRET.test(name) ? 'not ' : ''}masked`),
			),
			...(await lintProblems(
				subject,
				'credential-password-field',
				'credential-unnecessary-password',
			)),
		],
	},
	{
		id: 'K3',
		text: 'each credential can be tested',
		check: async (subject) => [
			...ofEach(subject.credentials, ({ type: { name, test } }) =>
				unless(
					test?.request?.url ||
						subject.nodes.every(({ description, type }) =>
							(description.credentials ?? [])
								.filter((one) => one.name === name)
								.every(({ testedBy }) => type.methods?.credentialTest?.[testedBy]),
						),
					'it has no test',
				),
			),
			...(await lintProblems(subject, 'credential-test-required')),
		],
	},
	{
		id: 'K4',
		text: "nodes use this package's credentials only, and each is used",
		check: async (subject) => {
			const own = subject.credentials.map(({ type }) => type.name);
			const used = subject.nodes.flatMap(({ description }) =>
				(description.credentials ?? []).map(({ name }) => name),
			);
			return [
				...used
					.filter((name) => !own.includes(name))
					.map((name) => `${name} is not of this package`),
				...own.filter((name) => !used.includes(name)).map((name) => `${name} is not used`),
				...(await lintProblems(subject, 'no-credential-reuse', 'valid-credential-references')),
			];
		},
	},
	{
		id: 'K5',
		text: 'the token is kept in a hidden expirable field, and what fetches it gives nothing else to be saved',
		check: async ({ credentials }) => {
			const problems = [];
			for (const { name, type } of credentials) {
				const expirable = type.properties.filter(isExpirable);
				problems.push(
					...unless(
						expirable.length === 1 && expirable[0].type === 'hidden',
						`${name}: no token field`,
					),
					...unless(type.preAuthentication && type.authenticate, `${name}: no token is fetched`),
				);
				if (!type.preAuthentication) continue;
				const helpers = {
					httpRequest: async () => ({
						statusCode: 200,
						headers: {},
						body: { access_token: 'made up', expires_in: 900 },
					}),
				};
				const keys = keysFor(type, { environment: 'production', accessToken: '' });
				const saved = Object.keys(await type.preAuthentication.call({ helpers }, keys));
				const allowed = expirable.map((field) => field.name);
				problems.push(
					...saved
						.filter((key) => !allowed.includes(key))
						.map((key) => `${name}: ${key} would be saved`),
					...allowed
						.filter((key) => !saved.includes(key))
						.map((key) => `${name}: ${key} would not be saved`),
				);
			}
			return problems;
		},
	},
	{
		id: 'K6',
		text: 'the HTTP Request node may use the credentials, which is said in the README',
		check: async ({ credentials, packedText }) => {
			const restricted = credentials.filter(({ type }) => type.restrictToSupportedNodes);
			const said = /HTTP Request/.test(await packedText('README.md'));
			return [
				...restricted.map(({ name }) => `${name} refuses it`),
				...unless(said, 'the README does not say so'),
			];
		},
	},
	{
		id: 'K7',
		text: "keys are sent to Vipps MobilePay's two addresses or to this computer, and nowhere else",
		check: async ({ credentials }) => {
			const problems = [];
			for (const { name, type } of credentials) {
				const choice = type.properties.find((field) => field.name === 'environment');
				const reached = async (values, url) => {
					try {
						const { baseURL } = await type.authenticate(keysFor(type, values), {
							url,
							headers: {},
						});
						return baseURL;
					} catch {
						return undefined;
					}
				};
				for (const { value: environment } of choice?.options ?? [{}]) {
					const server = await reached({ environment }, '/path');
					if (!HOSTS.test(server ?? ''))
						problems.push(`${name}: ${environment} leads to ${server}`);
				}
				for (const baseUrl of [
					'https://example.com',
					'http://api.vipps.no.example.com',
					'http://127.0.0.1.example.com',
					'http://localhost@example.com',
				]) {
					const server = await reached({ environment: 'custom', baseUrl }, '/path');
					if (server) problems.push(`${name}: the base URL ${baseUrl} is accepted`);
				}
				for (const url of ['https://example.com/path', '//example.com/path']) {
					if (await reached({ environment: 'production' }, url)) {
						problems.push(`${name}: a request to ${url} gets the keys`);
					}
				}
			}
			return problems;
		},
	},
];
