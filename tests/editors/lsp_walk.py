"""What `pytest_lsp_test.py` runs: a walk through the server's answers, as another client reads them."""

import os

import pytest
import pytest_lsp
from lsprotocol import types

BASE = """class Reader:
    def read_row(self) -> list[str]: ...
"""
SUBCLASS = """from typing import override

from base import Reader


class CsvReader(Reader):
    @override
    def read_rows(self) -> list[str]:
        return []


class TabReader(CsvReader): ...
"""
NAME = types.Position(line=7, character=10)  # in `read_rows`


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project").resolve()
    (folder / "pyproject.toml").write_text('[project]\nname = "p"\nrequires-python = ">=3.13"\n')
    (folder / "base.py").write_text(BASE)
    (folder / "csv_reader.py").write_text(SUBCLASS)
    return folder


@pytest_lsp.fixture(
    config=pytest_lsp.ClientServerConfig(server_command=[os.environ["OVERT"], "server"]),
    params=["visual_studio_code", "neovim", "emacs"],
)
async def client(lsp_client: pytest_lsp.LanguageClient, request, folder):
    capabilities = pytest_lsp.client_capabilities(request.param)

    # What these editors answer to a server, and the client of the package does not know.
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(_: types.RegistrationParams): ...

    @lsp_client.feature(types.WORKSPACE_CODE_LENS_REFRESH)
    def refresh(*_): ...

    lsp_client.initialized_with = await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities,
            root_uri=folder.as_uri(),
            workspace_folders=[types.WorkspaceFolder(uri=folder.as_uri(), name="project")],
        )
    )
    yield
    await lsp_client.shutdown_session()


def open_document(client, folder, name):
    uri = (folder / name).as_uri()
    text = (folder / name).read_text()
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri=uri, language_id="python", version=1, text=text))
    )
    return uri


async def diagnostics_of(client, uri):
    """Pulled where the server offers that, else waited for."""
    if client.initialized_with.capabilities.diagnostic_provider:
        report = await client.text_document_diagnostic_async(
            types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        )
        return list(report.items)
    while uri not in client.diagnostics:
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics[uri])


async def test_only_what_other_servers_lack_is_offered(client):
    offered = client.initialized_with.capabilities
    assert client.initialized_with.server_info.name == "overt"
    assert offered.hover_provider and offered.implementation_provider and offered.type_hierarchy_provider
    assert not (offered.references_provider or offered.rename_provider or offered.signature_help_provider)
    assert not offered.document_formatting_provider


async def test_a_misspelt_override(client, folder):
    uri = open_document(client, folder, "csv_reader.py")
    (finding,) = await diagnostics_of(client, uri)
    assert (finding.code, finding.source) == ("override-without-base", "overt")
    assert finding.severity == types.DiagnosticSeverity.Error
    assert finding.range.start == types.Position(line=7, character=8)
    document = types.TextDocumentIdentifier(uri)
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(document, finding.range, types.CodeActionContext(diagnostics=[finding]))
    )
    rename = next(action for action in actions if action.title == "rename to `read_row`")
    assert rename.kind == types.CodeActionKind.QuickFix and rename.is_preferred
    changes = rename.edit.changes or {one.text_document.uri: one.edits for one in rename.edit.document_changes}
    (edit,) = changes[uri]
    assert edit.new_text == "read_row" and edit.range == finding.range


async def test_ways_up_and_down(client, folder):
    base = open_document(client, folder, "base.py")
    subclass = open_document(client, folder, "csv_reader.py")
    at_class = dict(text_document=types.TextDocumentIdentifier(base), position=types.Position(line=0, character=7))
    found = await client.text_document_implementation_async(types.ImplementationParams(**at_class))
    assert [(place.uri, place.range.start.line) for place in found] == [(subclass, 5), (subclass, 11)]
    (item,) = await client.text_document_prepare_type_hierarchy_async(types.TypeHierarchyPrepareParams(**at_class))
    assert item.name == "Reader"
    (child,) = await client.type_hierarchy_subtypes_async(types.TypeHierarchySubtypesParams(item))
    assert child.name == "CsvReader"
    (parent,) = await client.type_hierarchy_supertypes_async(types.TypeHierarchySupertypesParams(child))
    assert parent.name == "Reader"


async def test_lenses_and_symbols(client, folder):
    uri = open_document(client, folder, "base.py")
    document = types.TextDocumentIdentifier(uri)
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(document))
    titles = [(await client.code_lens_resolve_async(lens)).command.title for lens in lenses]
    assert titles == ["2 subclasses"]
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    assert symbols[0].name == "Reader" and symbols[0].kind == types.SymbolKind.Class


async def test_nothing_where_nothing_is(client, folder):
    uri = open_document(client, folder, "base.py")
    place = dict(text_document=types.TextDocumentIdentifier(uri), position=types.Position(line=1, character=0))
    assert not await client.text_document_hover_async(types.HoverParams(**place))
    assert not await client.text_document_definition_async(types.DefinitionParams(**place))
    assert not await client.text_document_prepare_type_hierarchy_async(types.TypeHierarchyPrepareParams(**place))
