import {
	NodeHelpers,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
	type IDataObject,
} from 'n8n-workflow';
import { agentNode, agentType, toolsOf } from './ai-tools';
import type { LoadedPackage } from './package';
import { passThroughNode, standIns } from './stand-ins';

/** What the engine asks for node types: the package's own and the harness's stand-ins. */
export class HarnessNodeTypes implements INodeTypes {
	private readonly types: Record<string, INodeType | IVersionedNodeType>;

	/** @param passThrough full names of further nodes that shall merely hand their input on */
	constructor(loaded: LoadedPackage, passThrough: string[] = []) {
		this.types = {
			...Object.fromEntries(passThrough.map((name) => [name, passThroughNode(name)])),
			...standIns,
			...loaded.nodes,
			...toolsOf(loaded.nodes),
			[agentType]: agentNode,
		};
	}

	getByName(name: string): INodeType | IVersionedNodeType {
		const type = this.types[name];
		if (!type) {
			throw new Error(`No node type "${name}"; there are ${Object.keys(this.types).join(', ')}`);
		}
		return type;
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(name), version);
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}
