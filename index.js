// n8n finds the nodes and credentials through the "n8n" section of package.json.
// This file exists for tools that expect a package to have a main module.
