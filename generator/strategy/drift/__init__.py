"""Where content and its strategy document differ in facts, and where the document contradicts itself."""

__all__ = ["comparison", "contradictions"]
