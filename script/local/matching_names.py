"""Names of made-up families by group of names, so that who is found can be said of each: common names, of nobody."""

from random import Random

# {group: (girls, boys, families)}
NAMES_BY_GROUP = {
    "English": (
        "Olivia Amelia Isla Freya Charlotte Florence Matilda Eleanor Harriet Jessica Emily Imogen",
        "Oliver George Harry Alfred Archibald Frederick Thomas Joshua William Zachary Samuel Edward",
        "Smith Taylor Walker Holden Whittaker Barnes Ashworth Entwistle Rawstron Pickup Hargreaves Duckworth",
    ),
    "South Asian and Muslim": (
        "Amina Fatima Zainab Khadija Maryam Ayesha Sumayyah Hafsa Ruqayyah Safiyyah Noor Iqra",
        "Mohammed Ahmed Yusuf Ibrahim Hamza Bilal Zakariya Ismail Hussain Umar Haroon Abdullah",
        "Khan Hussain Ali Patel Begum Akhtar Iqbal Mahmood Chaudhry Shaikh Bibi Malik",
    ),
    "Polish": (
        "Zofia Julia Zuzanna Hanna Lena Maja Oliwia Aleksandra Wiktoria Katarzyna Małgorzata Łucja",
        "Antoni Jakub Jan Szymon Aleksander Franciszek Filip Wojciech Stanisław Michał Kacper Paweł",
        "Nowak Kowalska Wiśniewski Wójcik Kamińska Lewandowski Zielińska Szymański Dąbrowska Kozłowski",
    ),
    "Romanian": (
        "Maria Andreea Ioana Elena Ștefania Gabriela Cristina Alexandra Mihaela Daria",
        "Andrei Ștefan Alexandru Mihai Ionuț Gheorghe Nicolae Constantin Cătălin Florin",
        "Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu",
    ),
    "Irish": (
        "Aoife Niamh Siobhán Caoimhe Saoirse Róisín Sinéad Orla Gráinne Eimear",
        "Oisín Seán Cillian Eoghan Ciarán Pádraig Cathal Diarmuid Ruairí Conor",
        "O'Brien Murphy Kelly Byrne O'Neill McCarthy Doyle Gallagher McLoughlin Fitzpatrick",
    ),
    "West African": (
        "Adaeze Chioma Folasade Temitope Abena Akosua Efua Ngozi Yetunde Oluwaseun",
        "Chukwuemeka Babatunde Kwame Kofi Olumide Ikechukwu Adebayo Tunde Obinna Segun",
        "Okafor Adeyemi Mensah Owusu Boateng Nwosu Ogunleye Balogun Asante Eze",
    ),
}


def choose_names(number: int, dice: Random) -> "tuple[str, str, list[str], list[str]]":
    """(group, family name, girls' names, boys' names) of the family with that number."""
    group = sorted(NAMES_BY_GROUP)[number % len(NAMES_BY_GROUP)]
    girls, boys, families = (names.split() for names in NAMES_BY_GROUP[group])
    return group, dice.choice(families), girls, boys
