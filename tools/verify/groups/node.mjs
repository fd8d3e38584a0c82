import { literalsOf, loadedFrom } from '../code.mjs';
import { lintProblems } from '../lint.mjs';
import { NotApplicable, unless } from '../line.mjs';
import { allFields, choicesOf, operationsOf } from '../properties.mjs';
import { refusedRuns } from '../refusedRuns.mjs';

const SIMPLIFY = 'Whether to return a simplified version of the response instead of the raw data';
const RETURN_ALL = 'Whether to return all results or only up to a given limit';
const LIMIT = 'Max number of results to return';

/** Names that n8n gives to the operations that most nodes have. */
const VOCABULARY = {
	create: 'Create',
	delete: 'Delete',
	get: 'Get',
	getAll: 'Get Many',
	update: 'Update',
	upsert: 'Create or Update',
};

/** Resources whose answers are wide on purpose: entries as in the feed, and documents that this package adds up. */
const WIDE_ON_PURPOSE = ['ledgerEntry', 'settlement'];

const SCOLDING = /\b(errors?|problems?|failures?|mistakes?)\b/i;
/** A setting of n8n's that has the word in its name. */
const ON_ERROR = 'On Error';

/** Small words of titles, and names with a spelling of their own. */
const SMALL =
	/^(a|an|and|as|at|by|for|from|in|into|of|on|or|per|the|to|via|with|API|ID|IDs|MSN|PSP|VAT|URL|QR|CSV|JSON|SKU|v\d.*|[A-Z0-9.…&/()-]+)$/;

const isTitle = (text) =>
	text.split(/[\s/]+/).every((word) => /^[^a-z]/.test(word) || SMALL.test(word) || word === '');
const isSentence = (text) =>
	/^[A-Z]/.test(text) &&
	text
		.split(' ')
		.slice(1)
		.every((word) => !/^[A-Z][a-z]/.test(word) || NAMES.test(word));
/** Proper names that keep their capitals within a sentence. */
const NAMES = /^(Vipps|MobilePay|Vippsnummer|Norway|Denmark|Finland)/;

const isTrigger = ({ description }) => description.group.includes('trigger');

/** The checks of each node that is, or is not, a trigger. */
const ofEach = (nodes, check) =>
	nodes.flatMap((node) => check(node).map((problem) => `${node.name}: ${problem}`));

const ofEachOperation = (nodes, check) =>
	nodes
		.filter((node) => !isTrigger(node))
		.flatMap(({ description }) =>
			operationsOf(description).flatMap((one) =>
				check(one).map((problem) => `${one.resource}.${one.operation}: ${problem}`),
			),
		);

const place = (file, relative) => new URL(relative, `file:///${file}`).pathname.slice(1);

/** @type {import('../line.mjs').Line[]} */
export const nodeLines = [
	{
		id: 'N1',
		text: 'each node has two drawn icons, for light and dark, that are in the package; no colours and no icon fonts',
		check: async (subject) => [
			...ofEach(subject.nodes, ({ file, description }) => {
				const { icon, iconColor, defaults } = description;
				const icons = [icon?.light, icon?.dark];
				return [
					...icons
						.filter((one) => !/^file:.+\.svg$/.test(one ?? ''))
						.map((one) => `the icon is ${one}`),
					...unless(icons[0] !== icons[1], 'light and dark have one icon'),
					...icons
						.filter((one) => one && !subject.files.includes(place(file, one.slice(5))))
						.map((one) => `${one} is not in the package`),
					...unless(iconColor === undefined && defaults.color === undefined, 'it sets a colour'),
				];
			}),
			...(await lintProblems(
				subject,
				'icon-validation',
				'icon-prefer-themed-variants',
				/node-class-description-(icon|non-core-color)/,
			)),
		],
	},
	{
		id: 'N2',
		text: 'each node has a subtitle, a group and a name in title case without the word Node',
		check: async (subject) => [
			...ofEach(subject.nodes, ({ description: { subtitle, group, displayName } }) => [
				...unless(subtitle, 'there is no subtitle'),
				...unless(
					group.length === 0 || (group.length === 1 && /^(transform|trigger)$/.test(group[0])),
					`the group is ${group}`,
				),
				...unless(
					isTitle(displayName) && !/\bnode\b/i.test(displayName),
					`the name is ${displayName}`,
				),
			]),
			...(await lintProblems(
				subject,
				'require-node-description-fields',
				'node-class-description-missing-subtitle',
			)),
		],
	},
	{
		id: 'N3',
		text: 'Resource comes first and Operation second, both without expressions; lists are in order, resources singular',
		check: async (subject) => [
			...ofEach(
				subject.nodes.filter((node) => !isTrigger(node)),
				({ description: { properties } }) => {
					const [first] = properties;
					const operations = properties.filter(({ name }) => name === 'operation');
					const resources = choicesOf(first);
					return [
						...unless(first.name === 'resource', `the first field is ${first.name}`),
						...[first, ...operations]
							.filter(({ noDataExpression }) => noDataExpression !== true)
							.map(({ name }) => `${name} takes expressions`),
						...resources
							.filter(({ name }) => /[^s]s$/.test(name))
							.map(({ name }) => `${name} is not singular`),
						...resources
							.filter(
								({ value }) =>
									!operations.some(({ displayOptions }) =>
										displayOptions?.show?.resource?.includes(value),
									),
							)
							.map(({ name }) => `${name} has no operations`),
						...[first, ...operations]
							.filter(({ options }) => !isSorted(options.map(({ name }) => name)))
							.map(
								({ name, displayOptions }) =>
									`${name} ${displayOptions?.show?.resource ?? ''} is not in order`,
							),
					];
				},
			),
			...(await lintProblems(
				subject,
				'resource-operation-pattern',
				'node-param-resource-with-plural-option',
				'node-param-resource-without-no-data-expression',
				'node-param-operation-without-no-data-expression',
				'node-param-options-type-unsorted-items',
			)),
		],
	},
	{
		id: 'N4',
		text: "operations are named with n8n's words; their actions are a verb and an object without articles, their descriptions say it in other words",
		check: async (subject) => [
			...ofEachOperation(subject.nodes, ({ resourceName, operation, option }) => {
				const { name, action = '', description = '' } = option;
				return [
					...unless(isTitle(name), `the name is ${name}`),
					...unless(
						name === resourceName || !name.split(' ').includes(resourceName),
						`the name repeats the resource: ${name}`,
					),
					...unless(
						!VOCABULARY[operation] || VOCABULARY[operation] === name,
						`n8n says ${VOCABULARY[operation]}, not ${name}`,
					),
					...unless(isSentence(action) && action.includes(' '), `the action is "${action}"`),
					...unless(!/\b(a|an|the)\b/i.test(action), `the action has an article: "${action}"`),
					...unless(/^[A-Z]/.test(description), `the description is "${description}"`),
					...unless(
						description.toLowerCase() !== action.toLowerCase(),
						'the description repeats the action',
					),
				];
			}),
			...(await lintProblems(subject, /node-param-operation-option/)),
		],
	},
	{
		id: 'N5',
		text: 'Get Many has Return All and a Limit of 50, with the usual words',
		check: async (subject) => {
			const lists = subject.nodes
				.filter((node) => !isTrigger(node))
				.flatMap(({ description }) => operationsOf(description))
				.filter(({ operation }) => operation === 'getAll');
			if (lists.length === 0) return new NotApplicable('there is no Get Many');
			return [
				...lists.flatMap(({ resource, fields }) => {
					const returnAll = fields.find(({ name }) => name === 'returnAll');
					const limit = fields.find(({ name }) => name === 'limit');
					return [
						...unless(
							returnAll?.default === false && returnAll.description === RETURN_ALL,
							`${resource}: Return All is not as usual`,
						),
						...unless(
							limit?.default === 50 &&
								limit.typeOptions?.minValue === 1 &&
								limit.description === LIMIT &&
								limit.displayOptions?.show?.returnAll?.includes(false),
							`${resource}: Limit is not as usual`,
						),
					];
				}),
				...(await lintProblems(subject, /limit$/, /return-all$/, /get-many$/)),
			];
		},
	},
	{
		id: 'N6',
		text: 'answers of more than ten fields can be simplified, which is the default',
		check: async (subject) => {
			const wide = await schemasOf(subject);
			const toggles = subject.nodes.flatMap(({ name, description }) =>
				[...allFields(description.properties)]
					.filter(({ property }) => property.name === 'simplify')
					.map(({ property, path }) => ({ ...property, path: `${name}.${path}` })),
			);
			return [
				...toggles
					.filter(
						({ type, displayName, description, default: on }) =>
							type !== 'boolean' ||
							displayName !== 'Simplify' ||
							description !== SIMPLIFY ||
							on !== true,
					)
					.map(({ path }) => `${path} is not as usual`),
				...ofEachOperation(subject.nodes, ({ resource, operation, fields }) => {
					const count = wide.get(`${resource}/${operation}`) ?? 0;
					const simplified = [...allFields(fields)].some(
						({ property }) => property.name === 'simplify',
					);
					return unless(
						count <= 10 || simplified || WIDE_ON_PURPOSE.includes(resource),
						`gives ${count} fields and cannot be simplified`,
					);
				}),
				...(await lintProblems(subject, /simplify$/)),
			];
		},
	},
	{
		id: 'N7',
		text: 'what has an ID can be chosen from a list, which is the default, or entered; every list has its method',
		check: ({ nodes }) =>
			ofEach(nodes, ({ description: { properties }, type: { methods } }) => {
				const fields = [...allFields(properties)].map(({ property }) => property);
				const locators = fields.filter(({ type }) => type === 'resourceLocator');
				const names = new Set(locators.map(({ name }) => name));
				return [
					...locators.flatMap(({ name, default: initial, modes }) => [
						...unless(initial?.mode === 'list', `${name} does not begin with the list`),
						...unless(
							modes[0].name === 'list' && modes.some((mode) => mode.name === 'id'),
							`${name} lacks the list or the ID`,
						),
						...modes
							.filter(({ typeOptions }) => typeOptions?.searchListMethod)
							.filter(({ typeOptions }) => !methods?.listSearch?.[typeOptions.searchListMethod])
							.map(({ typeOptions }) => `there is no ${typeOptions.searchListMethod}`),
					]),
					...properties
						.filter(({ name, type }) => names.has(name) && type !== 'resourceLocator')
						.map(({ name }) => `${name} is a list in one place and no list in another`),
					...fields
						.map(({ typeOptions }) => typeOptions?.loadOptionsMethod)
						.filter((method) => method && !methods?.loadOptions?.[method])
						.map((method) => `there is no ${method}`),
				];
			}),
	},
	{
		id: 'N8',
		text: 'optional fields are in ordered collections; booleans begin with Whether, placeholders with an example; one sentence has no final period',
		check: async (subject) => [
			...ofEach(subject.nodes, ({ description }) =>
				[...allFields(description.properties)].flatMap(({ property, path }) => [
					...unless(
						property.type !== 'boolean' || /^Whether /.test(property.description ?? ''),
						`${path} does not begin with Whether`,
					),
					...unless(
						!property.placeholder ||
							/^(collection|fixedCollection)$/.test(property.type) ||
							/^e\.g\. /.test(property.placeholder),
						`the placeholder of ${path} is no example`,
					),
					...unless(
						property.type !== 'collection' ||
							isSorted(property.options.map(({ displayName }) => displayName)),
						`${path} is not in order`,
					),
					...unless(
						!/^[^.!?:]+\.$/.test(property.description ?? ''),
						`${path} is one sentence with a final period`,
					),
				]),
			),
			...(await lintProblems(
				subject,
				/node-param-description-/,
				/node-param-default-/,
				/node-param-collection-type/,
				/node-param-display-name-/,
			)),
		],
	},
	{
		id: 'N9',
		text: 'Delete gives { "deleted": true }',
		check: async ({ nodes, files, load }) => {
			const deletes = nodes
				.filter((node) => !isTrigger(node))
				.flatMap(({ file, description }) =>
					operationsOf(description)
						.filter(({ operation }) => operation === 'delete')
						.map(({ resource }) =>
							file.replace(/\/[^/]+$/, `/actions/${resource}/delete.operation.js`),
						),
				);
			if (deletes.length === 0) return new NotApplicable('there is no Delete');
			const problems = [];
			for (const file of deletes) {
				if (!files.includes(file)) {
					problems.push(`${file} does not exist`);
					continue;
				}
				const given = await load(file).execute(parametersThat(), clientThatAgrees, 0);
				if (JSON.stringify(given) !== '[{"deleted":true}]') {
					problems.push(`${file} gives ${JSON.stringify(given)}`);
				}
			}
			return problems;
		},
	},
	{
		id: 'N10',
		text: 'messages say what happened and for which item, descriptions say what to do; neither scolds',
		check: async (subject) => {
			const problems = [];
			for (const { file, type } of subject.nodes) {
				for (const [from, text] of await loadedFrom(subject, file)) {
					const scolding = literalsOf(from, text).filter(
						(literal) => / /.test(literal) && SCOLDING.test(literal.replaceAll(ON_ERROR, '')),
					);
					problems.push(...scolding.map((literal) => `${from} says "${literal}"`));
				}
				if (!type.execute) continue;
				for (const { operation, items } of await refusedRuns(type)) {
					const silent = items.filter(({ json: { error, details } }) => !error || !details);
					if (silent.length > 0) problems.push(`${operation} does not say what to do`);
				}
			}
			return problems;
		},
	},
	{
		id: 'N11',
		text: 'triggers are called triggers, take no input, have Trigger On, poll or register webhooks properly, and are no tools',
		check: async (subject) => [
			...ofEach(subject.nodes.filter(isTrigger), ({ name, type, description }) => {
				const { webhooks, polling, inputs, outputs, properties, usableAsTool } = description;
				const events = properties.find(({ displayName }) => displayName === 'Trigger On');
				const lifeCycle = type.webhookMethods?.default ?? {};
				return [
					...[name, description.name, description.displayName]
						.filter((text) => !text.endsWith('Trigger'))
						.map((text) => `${text} does not end with Trigger`),
					...unless(inputs.length === 0 && outputs.length > 0, 'it takes an input'),
					...unless(/ptions$/.test(events?.type ?? ''), 'there is no Trigger On'),
					...unless(usableAsTool === undefined, 'a trigger is no tool'),
					...unless(Boolean(polling) !== Boolean(webhooks), 'it neither polls nor has webhooks'),
					...unless(!polling || type.poll, 'it does not poll'),
					...['checkExists', 'create', 'delete']
						.filter((method) => webhooks && !lifeCycle[method])
						.map((method) => `the webhook has no ${method}`),
					...unless(!webhooks || type.webhook, 'it does not take webhooks'),
				];
			}),
			...(await lintProblems(
				subject,
				'trigger-node-conventions',
				'webhook-lifecycle-complete',
				'no-silent-error-swallowing',
				/trigger-node$/,
			)),
		],
	},
	{
		id: 'N12',
		text: 'action nodes can be tools of an AI agent; hints for builders are where they may be and hold no expressions',
		check: async (subject) => [
			...ofEach(subject.nodes, ({ description }) => [
				...unless(isTrigger({ description }) || description.usableAsTool, 'it is no tool'),
				...[...allFields(description.properties)]
					.map(({ property }) => property)
					.filter(({ builderHint }) => builderHint)
					.filter(
						({ name, builderHint }) =>
							/^(resource|operation|mode)$/.test(name) || /=\{\{/.test(JSON.stringify(builderHint)),
					)
					.map(({ name }) => `${name} must not have this hint`),
			]),
			...(await lintProblems(subject, 'node-usable-as-tool', 'no-builder-hint-leakage')),
		],
	},
	{
		id: 'N13',
		text: 'versions are numbers; a first release has no second set of code',
		check: ({ nodes }) =>
			ofEach(nodes, ({ type, description: { version, defaultVersion } }) => [
				...unless(
					[version].flat().every((one) => typeof one === 'number' && one > 0),
					`the version is ${JSON.stringify(version)}`,
				),
				...unless(!Array.isArray(version) || defaultVersion, 'there is no default version'),
				...unless(type.nodeVersions === undefined, 'it holds several sets of code'),
			]),
	},
	{
		id: 'N14',
		text: 'each node has a codex file with its category, its documentation and words to find it by',
		check: ({ nodes, manifest }) =>
			ofEach(nodes, ({ codex }) => {
				if (!codex) return ['there is no codex file'];
				const { primaryDocumentation, credentialDocumentation } = codex.resources ?? {};
				return [
					...unless(codex.node === manifest.name, `the codex is for ${codex.node}`),
					...unless(codex.nodeVersion === '1.0' && codex.codexVersion === '1.0', 'a wrong version'),
					...unless(
						JSON.stringify(codex.categories) === '["Finance & Accounting"]',
						`the categories are ${JSON.stringify(codex.categories)}`,
					),
					...[primaryDocumentation, credentialDocumentation]
						.filter((links) => !/^https:\/\//.test(links?.[0]?.url ?? ''))
						.map(() => 'a link to documentation is missing'),
					...['Vipps', 'MobilePay']
						.filter((word) => !codex.alias?.includes(word))
						.map((word) => `it is not found by ${word}`),
				];
			}),
	},
	{
		id: 'N15',
		text: 'output schemas, where there are any, lie where n8n looks for them and belong to an operation',
		check: async (subject) => {
			const schemas = subject.files.filter((file) => file.includes('__schema__'));
			if (schemas.length === 0) return new NotApplicable('there are no output schemas');
			const problems = [];
			for (const file of schemas) {
				const fits = /^(.+)\/__schema__\/v\d+\.\d+\.\d+\/(?:([^/]+)\/)?([^/]+)\.json$/.exec(file);
				const node = subject.nodes.find((one) => fits && one.file.startsWith(`${fits[1]}/`));
				const operations = node && !isTrigger(node) ? operationsOf(node.description) : undefined;
				const { type } = JSON.parse(await subject.packedText(file));
				problems.push(
					...unless(node, `${file} belongs to no node`),
					...unless(
						!operations ||
							operations.some(
								({ resource, operation }) => resource === fits[2] && operation === fits[3],
							),
						`${file} belongs to no operation`,
					),
					...unless(/^(object|array)$/.test(type), `${file} is no schema`),
				);
			}
			return problems;
		},
	},
];

/** In the order of the editor's lists, which goes by letters, not by upper and lower case. */
const isSorted = (names) =>
	names.every((name, at) => at === 0 || names[at - 1].localeCompare(name, 'en') <= 0);

/** How many fields each operation gives, by its output schema. */
async function schemasOf({ files, packedText }) {
	const counts = new Map();
	for (const file of files.filter((name) => name.includes('__schema__'))) {
		const { properties = {} } = JSON.parse(await packedText(file));
		counts.set(
			file
				.split('/')
				.slice(-2)
				.join('/')
				.replace(/\.json$/, ''),
			Object.keys(properties).length,
		);
	}
	return counts;
}

/** Fields that are filled in with something. */
const parametersThat = () =>
	new Proxy(
		{
			getNode: () => ({ name: 'Node', parameters: {} }),
			getNodeParameter: (name) =>
				name === 'options' ? {} : '12345678-1234-4321-8765-123456789012',
		},
		{ get: (target, name) => target[name] ?? (() => undefined) },
	);

/** An API that answers as it does to a Delete that it carries out: with nothing. */
const clientThatAgrees = {
	request: async ({ read }) => read(undefined) ?? read({}),
	serverTimeAt: (time) => time,
};
