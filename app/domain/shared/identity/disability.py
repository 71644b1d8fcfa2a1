"""Categories and grades of disability, and what several of them make together, and how many doctors find them."""

from collections.abc import Mapping
from enum import IntEnum

from app.domain.shared.errors import Unprocessable

MINIMUM_DOCTORS = "certificate.minimum_doctors"
"""The rule that says how many doctors find a disability: so many are drawn, and so many sign."""


class Category(IntEnum):
    """Category of disability (残疾类别); the digit is the one inside a certificate number.

    Source: GB/T 26341-2010; order of the digits as in 残疾人证管理办法 (2017), art. 5.
    """

    VISUAL = 1
    HEARING = 2
    SPEECH = 3
    PHYSICAL = 4
    INTELLECTUAL = 5
    MENTAL = 6
    MULTIPLE = 7

    @property
    def slug(self) -> str:
        """The word that stands for the category in rule data and in the API.

        >>> Category(5).slug
        'intellectual'
        """
        return self.name.lower()

    @property
    def chinese(self) -> str:
        """The legal term.

        >>> Category.PHYSICAL.chinese
        '肢体'
        """
        return _CHINESE_CATEGORIES[self]

    @classmethod
    def from_slug(cls, slug: str) -> "Category":
        """The category that a word of the rule data stands for.

        >>> Category.from_slug("mental").value
        6

        Raises:
            KeyError: no category is called so, which is a mistake in the data.
        """
        return _BY_SLUG[slug]


class Grade(IntEnum):
    """Grade of disability (残疾等级): one is the heaviest, four the lightest.

    Source: GB/T 26341-2010.
    """

    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4

    @property
    def chinese(self) -> str:
        """The legal term.

        >>> Grade.FIRST.chinese
        '一级'
        """
        return _CHINESE_GRADES[self]


_CHINESE_CATEGORIES = {
    Category.VISUAL: "视力",
    Category.HEARING: "听力",
    Category.SPEECH: "言语",
    Category.PHYSICAL: "肢体",
    Category.INTELLECTUAL: "智力",
    Category.MENTAL: "精神",
    Category.MULTIPLE: "多重",
}
_CHINESE_GRADES = {Grade.FIRST: "一级", Grade.SECOND: "二级", Grade.THIRD: "三级", Grade.FOURTH: "四级"}
_BY_SLUG = {category.slug: category for category in Category}


class InvalidComponents(Unprocessable):
    """What a person is said to have does not make a category and a grade."""

    code = "invalid_components"
    title = "The components of the disability cannot be right"


def heaviest(components: Mapping[Category, Grade]) -> Grade:
    """The grade of a multiple disability: that of its heaviest component.

    Source: 残疾人证管理办法 (2017), art. 13; GB/T 26341-2010, multiple disability.

    >>> heaviest({Category.VISUAL: Grade.THIRD, Category.HEARING: Grade.SECOND})
    <Grade.SECOND: 2>

    Raises:
        InvalidComponents: there is no component, or "multiple" is given as one.
    """
    return min(_checked(components).values())


def category_of(components: Mapping[Category, Grade]) -> Category:
    """The category that the components make: their own if there is one, multiple (多重) if there are several.

    Source: GB/T 26341-2010, multiple disability: two or more categories.

    >>> category_of({Category.VISUAL: Grade.THIRD}).slug
    'visual'

    Raises:
        InvalidComponents: there is no component, or "multiple" is given as one.
    """
    categories = tuple(_checked(components))
    return categories[0] if len(categories) == 1 else Category.MULTIPLE


def _checked(components: Mapping[Category, Grade]) -> Mapping[Category, Grade]:
    if not components:
        raise InvalidComponents("No component is given. Name each category that was found, with its grade.")
    if Category.MULTIPLE in components:
        raise InvalidComponents(
            "Multiple is not a component. Name the categories that it consists of, each with its grade."
        )
    return components
