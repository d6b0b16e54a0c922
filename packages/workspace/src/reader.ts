export type { WorkspacePackage } from './members.js';
export { listPackages } from './members.js';
export type { OriginRecord } from './origins.js';
export { originsVisibleFrom } from './origins.js';
export type { PackageJson, ProjectInfo } from './project.js';
export { findProject, isNxWorkspace, readPackageJson } from './project.js';
export type { Manifest } from './visible-packages.js';
export { manifestsVisibleFrom } from './visible-packages.js';
